/// What a close asks of the database.
enum CloseQueries {
    static let newestDirectoryLeaf = """
        SELECT digest
        FROM leaf
        WHERE type = 3
        ORDER BY position DESC
        LIMIT 1
        """

    static let movedAcknowledgements = """
        SELECT organisation, size, note
        FROM acknowledgement
        WHERE size > logged
        ORDER BY organisation
        """

    static let receivedTexts = """
        SELECT organisation, tag, digest, body
        FROM inbox
        WHERE class = 1 AND day <= ?
        ORDER BY organisation, tag
        """

    static let copyText = """
        INSERT INTO text_body (position, body)
        SELECT ?1, body
        FROM inbox_body
        WHERE id = ?2
        """

    static let addText = """
        INSERT INTO text_body (position, body)
        VALUES (?, ?)
        """

    static let moveReply = """
        INSERT INTO reply (position, shard, shards, body)
        SELECT ?1, shard, shards, body
        FROM reply_inbox
        WHERE organisation = ?2 AND tag = ?3
        """

    static let withdrawnReply = """
        SELECT position
        FROM leaf
        WHERE type = 2 AND organisation = ? AND tag = ? AND digest = ?
        """

    static let logAcknowledgement = """
        UPDATE acknowledgement
        SET logged = ?2
        WHERE organisation = ?1
        """

    static let moveTransfer = """
        INSERT INTO text_body (position, body)
        SELECT ?1, body
        FROM transfer_inbox
        WHERE organisation = ?2 AND tag = ?3
        """

    static let receivedPieces = """
        SELECT organisation, tag, digest, body
        FROM inbox
        WHERE class = 2
        ORDER BY organisation, digest, tag
        """

    static let movePieceBody = """
        INSERT INTO piece_body (id, body)
        SELECT id, body
        FROM inbox_body
        WHERE id = ?
        """

    static let addPiece = """
        INSERT INTO piece (organisation, tag, digest, closed, day, body)
        VALUES (?, ?, ?, ?, ?, ?)
        """

    static let clearPieceBodies = """
        DELETE FROM inbox_body
        WHERE id IN (
            SELECT body
            FROM inbox
            WHERE class = 2
        )
        """

    static let clearPieces = """
        DELETE FROM inbox
        WHERE class = 2
        """

    /// In the order of random ids: the list of free pages tells no order of arrival either.
    static let loggedBodies = """
        SELECT inbox.body
        FROM inbox
        JOIN leaf ON leaf.tag = inbox.tag AND leaf.organisation = inbox.organisation
            AND leaf.digest = inbox.digest
        WHERE inbox.class = 1 AND leaf.type = 1
        ORDER BY inbox.body
        """

    static let loggedTags = """
        SELECT inbox.organisation, inbox.tag
        FROM inbox
        JOIN leaf ON leaf.tag = inbox.tag AND leaf.organisation = inbox.organisation
            AND leaf.digest = inbox.digest
        WHERE inbox.class = 1 AND leaf.type = 1
            AND (inbox.organisation, inbox.tag) > (?1, ?2)
        ORDER BY inbox.organisation, inbox.tag
        LIMIT ?3
        """

    static let removeBody = """
        DELETE FROM inbox_body
        WHERE id = ?
        """

    static let removeTag = """
        DELETE FROM inbox
        WHERE organisation = ? AND tag = ?
        """
}
