package io.overc.engine;

import io.overc.testkit.InMemoryBackend;
import org.junit.jupiter.api.DisplayName;

@DisplayName("the engine keeps the contract where a snapshot is a copy")
class CopyingEngineTest extends InMemoryKit {
  CopyingEngineTest() {
    super(InMemoryBackend.Style.COPYING);
  }
}
