/* The raw limit: the same rows as the server's inbox, with the same durability, put straight
 * into SQLite.
 *
 *   raw FILE COUNT BATCH      prints COUNT and the seconds it took
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
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

int main(int count_of_arguments, char **arguments)
{
    if (count_of_arguments != 4) {
        fprintf(stderr, "usage: raw FILE COUNT BATCH\n");
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
    struct timespec start, end;
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
    clock_gettime(CLOCK_MONOTONIC, &end);
    double seconds = (end.tv_sec - start.tv_sec) + (end.tv_nsec - start.tv_nsec) / 1e9;
    printf("%ld %f\n", count, seconds);
    return 0;
}
