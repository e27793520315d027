package io.overc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.testkit.KitMutation;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("a fault is one of the whole JVM")
class KitMutationTest {
  @Test
  @DisplayName("the kit of container drivers notices every fault that is put into a driver")
  void containerKit() {
    List<String> faults =
        Stream.of(FaultyBackend.ALL, FaultyDriver.ALL).flatMap(List::stream).toList();
    KitMutation.Report report = KitMutation.of(InMemoryUnderFault.class, faults).run();
    System.out.println(report);
    assertThat(report.missed()).isEmpty();
  }
}
