package io.overc.engine;

import io.overc.testkit.InMemoryBackend;
import org.junit.jupiter.api.DisplayName;

@DisplayName("the engine keeps the contract where a replaced container becomes a snapshot as it is")
class AdoptingEngineTest extends InMemoryKit {
  AdoptingEngineTest() {
    super(InMemoryBackend.Style.ADOPTING);
  }
}
