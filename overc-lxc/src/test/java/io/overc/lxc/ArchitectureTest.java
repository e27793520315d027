package io.overc.lxc;

import io.overc.testkit.ArchitectureContract;

class ArchitectureTest extends ArchitectureContract {
  ArchitectureTest() {
    super("io.overc.lxc");
  }
}
