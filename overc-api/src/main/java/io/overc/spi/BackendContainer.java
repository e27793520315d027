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
   * Begins with a container of which there is nothing.
   *
   * @param name its name
   * @return a builder
   */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /**
   * Returns the name of the container.
   *
   * @return the name, at whatever place it stands
   */
  public String name() {
    return name;
  }

  /**
   * Returns what stands at {@link Place#CURRENT}.
   *
   * @return the instance, if there is one
   */
  public Optional<Instance> current() {
    return Optional.ofNullable(current);
  }

  /**
   * Returns what stands at {@link Place#FRESH}, complete.
   *
   * @return the instance, if there is one
   */
  public Optional<Instance> fresh() {
    return Optional.ofNullable(fresh);
  }

  /**
   * Returns what stands at {@link Place#OLD}.
   *
   * @return the instance, if there is one
   */
  public Optional<Instance> old() {
    return Optional.ofNullable(old);
  }

  /**
   * Returns what is being done with it, or was when it was interrupted.
   *
   * @return the intent that the backend has recorded; empty if nothing is under way
   */
  public Optional<Intent> intent() {
    return Optional.ofNullable(intent);
  }

  /**
   * Returns what people know as the container: the current one, or the old one while there is none.
   *
   * @return the instance; empty if there is no such container
   */
  public Optional<Instance> standing() {
    return current().or(this::old);
  }

  /**
   * Tells whether an operation is under way, or was interrupted.
   *
   * @return whether anything but the container itself is there
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

    /**
     * Makes the description.
     *
     * @return the description
     */
    public BackendContainer build() {
      return new BackendContainer(this);
    }
  }
}
