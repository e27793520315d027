package io.overc.docker.testkit;

/** Kills a process of the tests with everything it started. */
final class ProcessTreeEnd {
  private ProcessTreeEnd() {}

  static void kill(ProcessHandle root) {
    var descendants = root.descendants().toList();
    root.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
    root.onExit().join();
  }
}
