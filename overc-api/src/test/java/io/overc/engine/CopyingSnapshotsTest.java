package io.overc.engine;

import io.overc.testkit.InMemoryBackend;
import org.junit.jupiter.api.DisplayName;

@DisplayName("the snapshots of containers that are copied keep the contract of a store")
class CopyingSnapshotsTest extends InMemorySnapshotsKit {
  CopyingSnapshotsTest() {
    super(InMemoryBackend.Style.COPYING);
  }
}
