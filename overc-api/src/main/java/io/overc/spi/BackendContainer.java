package io.overc.spi;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What there is of a container at its places, and which operation is under way. Immutable. */
public final class BackendContainer {
  private final String name;
  private final @Nullable Instance current;
  private final @Nullable Instance fresh;
  private final @Nullable Instance old;
  private final @Nullable Intent intent;

  private BackendContainer(Builder builder) {
    this.name = builder.name;
    this.current = builder.current;
    this.fresh = builder.fresh;
    this.old = builder.old;
    this.intent = builder.intent;
  }

  /**
   * {@return a new builder of a container of which there is nothing}
   *
   * @param name its name
   */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /** {@return the name of the container, at whatever place it stands} */
  public String name() {
    return name;
  }

  /** {@return what stands at {@link Place#CURRENT}, if anything does} */
  public Optional<Instance> current() {
    return Optional.ofNullable(current);
  }

  /** {@return what stands at {@link Place#FRESH}, complete, if anything does} */
  public Optional<Instance> fresh() {
    return Optional.ofNullable(fresh);
  }

  /** {@return what stands at {@link Place#OLD}, if anything does} */
  public Optional<Instance> old() {
    return Optional.ofNullable(old);
  }

  /**
   * {@return the recorded intent of what is being done with it, or was when it was interrupted;
   * empty if nothing is under way}
   */
  public Optional<Intent> intent() {
    return Optional.ofNullable(intent);
  }

  /**
   * {@return what people know as the container: the current one, or the old one while there is
   * none; empty if there is no such container}
   */
  public Optional<Instance> standing() {
    return current().or(this::old);
  }

  /**
   * {@return whether an operation is under way, or was interrupted: whether anything but the
   * container itself is there}
   */
  public boolean pending() {
    return fresh != null || old != null || intent != null;
  }

  /** Builds {@link BackendContainer}. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private @Nullable Instance current;
    private @Nullable Instance fresh;
    private @Nullable Instance old;
    private @Nullable Intent intent;

    private Builder(String name) {
      this.name = name;
    }

    /**
     * Sets what stands at a place.
     *
     * @param place the place
     * @param instance what stands there
     * @return this
     */
    public Builder at(Place place, Instance instance) {
      switch (place) {
        case CURRENT -> current = instance;
        case FRESH -> fresh = instance;
        case OLD -> old = instance;
      }
      return this;
    }

    /**
     * Sets what is being done with it.
     *
     * @param value what was recorded
     * @return this
     */
    public Builder intent(Intent value) {
      intent = value;
      return this;
    }

    /** {@return the new description} */
    public BackendContainer build() {
      return new BackendContainer(this);
    }
  }
}
