package io.overc.spi;

/** Just runs each action. */
final class NoOp implements SideEffects {
  @Override
  public <E extends Exception> void run(String name, Action<E> action) throws E {
    action.run();
  }
}
