package io.overc.spi;

/** Just runs each action. */
final class Direct implements Mutations {
  @Override
  public <E extends Exception> void run(String name, Action<E> action) throws E {
    action.run();
  }
}
