/// What taking a bundle asks of the database.
extension BundleTaking {
    static let knownReply = """
        SELECT digest
        FROM reply_inbox
        WHERE organisation = ?1 AND tag = ?2
        UNION ALL
        SELECT digest
        FROM leaf
        WHERE type = 2 AND organisation = ?1 AND tag = ?2
        LIMIT 1
        """

    static let replyOfAnother = """
        SELECT digest
        FROM reply_inbox
        WHERE tag = ?2 AND organisation <> ?1
        UNION ALL
        SELECT digest
        FROM leaf
        WHERE type = 2 AND tag = ?2 AND organisation <> ?1
        LIMIT 1
        """

    static let knownTransfer = """
        SELECT digest
        FROM transfer_inbox
        WHERE organisation = ?1 AND tag = ?2
        UNION ALL
        SELECT digest
        FROM leaf
        WHERE type = 5 AND organisation = ?1 AND tag = ?2
        LIMIT 1
        """

    static let knownWithdrawal = """
        SELECT digest
        FROM withdrawal_inbox
        WHERE organisation = ?1 AND tag = ?2
        UNION ALL
        SELECT digest
        FROM leaf
        WHERE type = 8 AND organisation = ?1 AND tag = ?2
        LIMIT 1
        """

    static let replyLeaf = """
        SELECT position
        FROM leaf
        WHERE type = 2 AND organisation = ? AND tag = ?
        """

    static let transferLeaf = """
        SELECT position
        FROM leaf
        WHERE type = 5 AND organisation = ? AND tag = ?
        """

    static let addReply = """
        INSERT INTO reply_inbox (organisation, tag, shard, shards, digest, body)
        VALUES (?, ?, ?, ?, ?, ?)
        """

    static let addTransfer = """
        INSERT INTO transfer_inbox (organisation, tag, digest, body, sender)
        VALUES (?, ?, ?, ?, ?)
        """

    static let addWithdrawal = """
        INSERT INTO withdrawal_inbox (organisation, tag, digest)
        VALUES (?, ?, ?)
        """
}
