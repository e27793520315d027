package io.overc.snapshot;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says how a snapshot is made.
 *
 * <pre>{@code
 * store.create("web", SnapshotOptions.builder().freeze(true).comment("v1").build(), call);
 * }</pre>
 *
 * <p>Defaults: no comment, what runs goes on, and what can be shared with the subject is.
 * Immutable, thread-safe.
 */
public final class SnapshotOptions {
  private static final SnapshotOptions DEFAULTS = builder().build();

  private final Optional<String> comment;
  private final boolean freeze;
  private final boolean fullCopy;

  private SnapshotOptions(Builder builder) {
    this.comment = Optional.ofNullable(builder.comment);
    this.freeze = builder.freeze;
    this.fullCopy = builder.fullCopy;
  }

  /** {@return the options for a snapshot with no comment, no freeze and no full copy} */
  public static SnapshotOptions defaults() {
    return DEFAULTS;
  }

  /**
   * {@return the options for a snapshot that depends least on its subject: frozen meanwhile, and a
   * full copy, each where a store can}
   *
   * @param features what the store can do
   */
  public static SnapshotOptions safest(Set<SnapshotFeature> features) {
    return builder()
        .freeze(features.contains(SnapshotFeature.FREEZE))
        .fullCopy(features.contains(SnapshotFeature.FULL_COPY))
        .build();
  }

  /** {@return a new builder with the defaults} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return a new builder with these options} */
  public Builder toBuilder() {
    Builder builder = builder().freeze(freeze).fullCopy(fullCopy);
    comment.ifPresent(builder::comment);
    return builder;
  }

  /** {@return the comment: any text, kept with the snapshot as it is; empty for none} */
  public Optional<String> comment() {
    return comment;
  }

  /**
   * {@return whether a running subject stands still meanwhile; needs {@link
   * SnapshotFeature#FREEZE}}
   */
  public boolean freeze() {
    return freeze;
  }

  /**
   * {@return whether all is copied and nothing shared with the subject; needs {@link
   * SnapshotFeature#FULL_COPY}}
   */
  public boolean fullCopy() {
    return fullCopy;
  }

  /** Builds {@link SnapshotOptions}. Not thread-safe. */
  public static final class Builder {
    private @Nullable String comment;
    private boolean freeze;
    private boolean fullCopy;

    private Builder() {}

    /**
     * Sets what is remembered with the snapshot.
     *
     * @param text any text
     * @return this
     */
    public Builder comment(String text) {
      comment = text;
      return this;
    }

    /**
     * Sets whether a running subject stands still meanwhile.
     *
     * @param value whether it does
     * @return this
     */
    public Builder freeze(boolean value) {
      freeze = value;
      return this;
    }

    /**
     * Sets whether nothing is shared with the subject.
     *
     * @param value whether all is copied
     * @return this
     */
    public Builder fullCopy(boolean value) {
      fullCopy = value;
      return this;
    }

    /** {@return the new options} */
    public SnapshotOptions build() {
      return new SnapshotOptions(this);
    }
  }
}
