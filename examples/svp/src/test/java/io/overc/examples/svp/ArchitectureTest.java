package io.overc.examples.svp;

import io.overc.testkit.ArchitectureContract;

class ArchitectureTest extends ArchitectureContract {
  ArchitectureTest() {
    super("io.overc.examples.svp");
  }
}
