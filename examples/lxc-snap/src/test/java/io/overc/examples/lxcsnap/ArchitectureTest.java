package io.overc.examples.lxcsnap;

import io.overc.testkit.ArchitectureContract;

class ArchitectureTest extends ArchitectureContract {
  ArchitectureTest() {
    super("io.overc.examples.lxcsnap");
  }
}
