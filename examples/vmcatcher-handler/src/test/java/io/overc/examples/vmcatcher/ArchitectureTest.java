package io.overc.examples.vmcatcher;

import io.overc.testkit.ArchitectureContract;

class ArchitectureTest extends ArchitectureContract {
  ArchitectureTest() {
    super("io.overc.examples.vmcatcher");
  }
}
