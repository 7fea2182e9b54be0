import Storage

/// Promises the database itself watches while the program runs: triggers that refuse a row which
/// breaks one, in the very transaction that does.
enum Watch {
  static let migration = Migration("simulation-1", Effects.changes + arrows + counts)

  /// States only move along the arrows in the code's own diagrams.
  private static let arrows: [SchemaChange] = [
    .statement(
      """
      CREATE TRIGGER watch_deliveries BEFORE UPDATE OF state ON messages
      WHEN NEW.author != 'person' AND NEW.state != OLD.state AND NOT (
        (OLD.state = 'pending' AND NEW.state IN ('sending', 'cancelled'))
        OR (OLD.state = 'sending' AND NEW.state IN ('pending', 'sent', 'failed', 'unknown'))
        OR (OLD.state IN ('sent', 'unknown') AND NEW.state IN ('delivered', 'read', 'failed'))
        OR (OLD.state = 'unknown' AND NEW.state = 'sent')
        OR (OLD.state IN ('sent', 'unknown') AND NEW.state = 'pending'
          AND NEW.fault IS NOT NULL)
        OR (OLD.state IN ('pending', 'cancelled') AND OLD.unknown_count > 0
          AND NEW.state IN ('sent', 'delivered', 'read', 'failed'))
        OR (OLD.state = 'delivered' AND NEW.state = 'read'))
      BEGIN SELECT RAISE(ABORT, 'broken promise: a delivery moved against the arrows'); END
      """),
    .statement(
      """
      CREATE TRIGGER watch_attempts BEFORE UPDATE OF attempt ON messages
      WHEN NEW.attempt > 23 OR NEW.attempt < 0 OR NEW.unknown_count > 3
      BEGIN SELECT RAISE(ABORT, 'broken promise: a delivery is tried without end'); END
      """),
    .statement(
      """
      CREATE TRIGGER watch_jobs BEFORE UPDATE OF state ON jobs
      WHEN NEW.state != OLD.state AND NOT (
        (OLD.state = 'available' AND NEW.state = 'running')
        OR (OLD.state = 'running'
          AND NEW.state IN ('available', 'done', 'cancelled', 'discarded')))
      BEGIN SELECT RAISE(ABORT, 'broken promise: a job moved against the arrows'); END
      """),
  ]

  private static let counts: [SchemaChange] = [
    .statement(
      """
      CREATE TRIGGER watch_positions AFTER UPDATE OF position ON conversations
      WHEN NEW.position != OLD.position AND NEW.position - OLD.position !=
        (SELECT count(*) FROM messages WHERE conversation_id = NEW.id
          AND position > OLD.position AND position <= NEW.position)
      BEGIN SELECT RAISE(ABORT, 'broken promise: the positions have a gap'); END
      """),
    .statement(
      """
      CREATE TRIGGER watch_due AFTER UPDATE OF send_due_at ON conversations
      WHEN NEW.send_due_at IS NULL AND EXISTS (SELECT 1 FROM deliveries
        WHERE conversation_id = NEW.id AND state IN ('pending', 'sending'))
      BEGIN SELECT RAISE(ABORT, 'broken promise: something unsent is not due'); END
      """),
    .statement(
      """
      CREATE TRIGGER watch_unsent AFTER UPDATE OF unsent_from ON conversations
      WHEN EXISTS (SELECT 1 FROM deliveries WHERE conversation_id = NEW.id
        AND state IN ('pending', 'sending')
        AND position < coalesce(NEW.unsent_from, position + 1))
      BEGIN SELECT RAISE(ABORT, 'broken promise: something unsent is passed over'); END
      """),
    .statement(
      """
      CREATE TRIGGER watch_stack AFTER UPDATE OF stack ON conversations
      WHEN length(NEW.stack) - length(replace(NEW.stack, char(10), '')) >= 8
      BEGIN SELECT RAISE(ABORT, 'broken promise: too many flows are open'); END
      """),
  ]
}
