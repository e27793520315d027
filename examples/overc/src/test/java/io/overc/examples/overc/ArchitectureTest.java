package io.overc.examples.overc;

import io.overc.testkit.ArchitectureContract;

class ArchitectureTest extends ArchitectureContract {
  ArchitectureTest() {
    super("io.overc.examples.overc");
  }
}
