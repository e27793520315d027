package io.overc.engine;

import io.overc.testkit.InMemoryBackend;
import org.junit.jupiter.api.DisplayName;

@DisplayName(
    "the snapshots of containers that become snapshots as they are keep the contract of a store")
class AdoptingSnapshotsTest extends InMemorySnapshotsKit {
  AdoptingSnapshotsTest() {
    super(InMemoryBackend.Style.ADOPTING);
  }
}
