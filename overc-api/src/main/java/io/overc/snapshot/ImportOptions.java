package io.overc.snapshot;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/**
 * Says how a snapshot is imported.
 *
 * <pre>{@code
 * store.importFrom(file, "web", ImportOptions.trusting(Set.of(Trust.MOUNTS)), call);
 * }</pre>
 *
 * <p>Default: nothing is trusted. What the snapshot wants beyond that is left out, and the
 * operation {@linkplain io.overc.event.Event.Warned warns} of each. Immutable, thread-safe.
 */
public final class ImportOptions {
  private static final ImportOptions DEFAULTS = new ImportOptions(Set.of());

  private final Set<Trust> trusted;

  private ImportOptions(Set<Trust> trusted) {
    this.trusted = trusted;
  }

  /** {@return the options for a snapshot of which nothing but its files is trusted} */
  public static ImportOptions defaults() {
    return DEFAULTS;
  }

  /**
   * {@return the options for a snapshot that may have more of this host}
   *
   * @param kinds what it may have
   */
  public static ImportOptions trusting(Collection<Trust> kinds) {
    Set<Trust> set = EnumSet.noneOf(Trust.class);
    set.addAll(kinds);
    return new ImportOptions(Set.copyOf(set));
  }

  /** {@return what the snapshot may have of this host} */
  public Set<Trust> trusted() {
    return trusted;
  }

  /**
   * {@return whether the snapshot may have that}
   *
   * @param kind one kind
   */
  public boolean trusts(Trust kind) {
    return trusted.contains(kind);
  }
}
