package io.overc.engine;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.overc.container.ContainerDriver;
import io.overc.spi.ContainerBackend;
import io.overc.spi.SideEffects;
import io.overc.testkit.InMemoryBackend;
import io.overc.testkit.KitMutation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;

/** Runs the kit on a backend and a driver with a fault; only for {@link KitMutationTest}. */
class InMemoryUnderFault extends InMemoryKit {
  InMemoryUnderFault() {
    super(InMemoryBackend.Style.ADOPTING);
  }

  @BeforeEach
  void skipWhatIsNotNeeded() {
    assumeTrue(KitMutation.running() && !KitMutation.noticed());
  }

  @Override
  ContainerBackend backend() {
    return new FaultyBackend(machine, locks);
  }

  @Override
  protected Optional<ContainerDriver> driver(SideEffects effects) {
    return super.driver(effects).map(FaultyDriver::new);
  }

  @Override
  protected ContainerDriver driver() {
    skipWhatIsNotNeeded(); // Also where a matrix of cases is half done.
    return super.driver();
  }

  @Override
  protected List<Integer> chosen(List<Integer> points) {
    return points.stream().filter(point -> point % 2 == 0).toList();
  }
}
