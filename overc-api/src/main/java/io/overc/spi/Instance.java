package io.overc.spi;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What stands at one {@link Place} of a container, as it is now. Immutable. */
public final class Instance {
  private final State state;
  private final @Nullable String template;
  private final boolean started;
  private final @Nullable String problem;

  private Instance(
      State state, @Nullable String template, boolean started, @Nullable String problem) {
    this.state = state;
    this.template = template;
    this.started = started;
    this.problem = problem;
  }

  /** What an instance does. */
  public enum State {
    /** Nothing of it runs. */
    STOPPED,
    /** It runs, or is being restarted again and again. */
    RUNNING,
    /** Its processes exist and stand still. */
    FROZEN
  }

  /**
   * {@return an instance of an unknown template that may have been started before}
   *
   * @param state what it does
   */
  public static Instance of(State state) {
    return new Instance(state, null, true, null);
  }

  /**
   * {@return the same instance with the template that it was activated from}
   *
   * @param name of the template
   */
  public Instance withTemplate(String name) {
    return new Instance(state, name, started, problem);
  }

  /** {@return the same instance, known to have never been started: nothing is lost with it} */
  public Instance neverStarted() {
    return new Instance(state, template, false, problem);
  }

  /**
   * {@return the same instance with what is wrong with it, for one that cannot be read}
   *
   * @param text for people
   */
  public Instance withProblem(String text) {
    return new Instance(state, template, started, text);
  }

  /** {@return what it does} */
  public State state() {
    return state;
  }

  /** {@return whether it has processes: it runs or is frozen} */
  public boolean active() {
    return state != State.STOPPED;
  }

  /** {@return the name of the template that it was activated from; empty if that is not known} */
  public Optional<String> template() {
    return Optional.ofNullable(template);
  }

  /**
   * {@return whether it may have run, and so may hold data of its own; false only if it certainly
   * has not}
   */
  public boolean started() {
    return started;
  }

  /** {@return what is wrong with it, for people; empty if it can be read} */
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }
}
