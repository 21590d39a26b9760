/* The raw limit: the same rows as the server's inbox, with the same durability, put straight
 * into SQLite.
 *
 *   raw FILE COUNT BATCH        prints COUNT and the seconds it took
 *   raw FILE COUNT BATCH move   moves them in one transaction after that, as a close does, and
 *                               prints COUNT and the seconds of the move alone
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { body_size = 16384 };

static void run(sqlite3 *db, const char *sql)
{
    char *message = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK) {
        fprintf(stderr, "raw: %s: %s\n", sql, message);
        exit(1);
    }
}

static sqlite3_stmt *prepared(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) {
        fprintf(stderr, "raw: %s\n", sqlite3_errmsg(db));
        exit(1);
    }
    return statement;
}

static void step(sqlite3 *db, sqlite3_stmt *statement)
{
    if (sqlite3_step(statement) != SQLITE_DONE) {
        fprintf(stderr, "raw: %s\n", sqlite3_errmsg(db));
        exit(1);
    }
    sqlite3_reset(statement);
}

static double seconds_since(const struct timespec *start)
{
    struct timespec end;
    clock_gettime(CLOCK_MONOTONIC, &end);
    return (end.tv_sec - start->tv_sec) + (end.tv_nsec - start->tv_nsec) / 1e9;
}

/* A close without anything but its disk: every body to where it stays, the inbox emptied, the
 * log of the database folded in. */
static void move(sqlite3 *db)
{
    run(db, "CREATE TABLE text_body (position INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT");
    run(db, "BEGIN IMMEDIATE");
    run(db, "INSERT INTO text_body SELECT row_number() OVER (ORDER BY organisation, tag),"
            " inbox_body.body FROM inbox JOIN inbox_body ON inbox_body.id = inbox.body");
    run(db, "DELETE FROM inbox_body");
    run(db, "DELETE FROM inbox");
    run(db, "COMMIT");
    run(db, "PRAGMA wal_checkpoint(TRUNCATE)");
}

int main(int count_of_arguments, char **arguments)
{
    int moves = count_of_arguments == 5 && strcmp(arguments[4], "move") == 0;
    if (count_of_arguments != 4 && !moves) {
        fprintf(stderr, "usage: raw FILE COUNT BATCH [move]\n");
        return 64;
    }
    long count = atol(arguments[2]), batch = atol(arguments[3]);
    sqlite3 *db;
    if (sqlite3_open(arguments[1], &db) != SQLITE_OK) return 1;
    run(db, "PRAGMA journal_mode = WAL");
    run(db, "PRAGMA synchronous = FULL");
    run(db, "PRAGMA secure_delete = ON");
    run(db, "CREATE TABLE inbox (organisation BLOB NOT NULL, tag BLOB NOT NULL,"
            " class INTEGER NOT NULL, day INTEGER NOT NULL, digest BLOB NOT NULL,"
            " body INTEGER NOT NULL, PRIMARY KEY (organisation, tag)) STRICT, WITHOUT ROWID");
    run(db, "CREATE TABLE inbox_body (id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT");
    sqlite3_stmt *row = prepared(db, "INSERT INTO inbox VALUES (?, ?, 1, 20780, ?, ?)");
    sqlite3_stmt *body = prepared(db, "INSERT INTO inbox_body VALUES (?, ?)");
    static unsigned char bytes[body_size], tag[16], digest[32], organisation[16] = "b100";
    struct timespec start;
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (long done = 0; done < count;) {
        run(db, "BEGIN IMMEDIATE");
        for (long place = 0; place < batch && done < count; place++, done++) {
            sqlite3_int64 id;
            sqlite3_randomness(sizeof id, &id);
            id &= 0x7fffffffffffffff;
            sqlite3_randomness(sizeof tag, tag);
            sqlite3_randomness(sizeof digest, digest);
            sqlite3_randomness(64, bytes);
            sqlite3_bind_blob(row, 1, organisation, sizeof organisation, SQLITE_STATIC);
            sqlite3_bind_blob(row, 2, tag, sizeof tag, SQLITE_STATIC);
            sqlite3_bind_blob(row, 3, digest, sizeof digest, SQLITE_STATIC);
            sqlite3_bind_int64(row, 4, id);
            step(db, row);
            sqlite3_bind_int64(body, 1, id);
            sqlite3_bind_blob(body, 2, bytes, sizeof bytes, SQLITE_STATIC);
            step(db, body);
        }
        run(db, "COMMIT");
    }
    if (moves) {
        clock_gettime(CLOCK_MONOTONIC, &start);
        move(db);
    }
    printf("%ld %f\n", count, seconds_since(&start));
    return 0;
}
