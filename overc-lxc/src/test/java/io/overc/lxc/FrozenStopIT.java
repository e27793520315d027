package io.overc.lxc;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.error.OvercException;
import io.overc.event.OperationOptions;
import io.overc.spi.SideEffects;
import io.overc.testkit.FaultInjector;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FrozenStopIT {
  private static final OperationOptions NONE = OperationOptions.defaults();
  private static final String NAME = "m";

  @Test
  @DisplayName("a frozen container whose stop is cancelled at any point is frozen again")
  void cancelled() throws IOException {
    try (LxcLab lab = LxcLab.inMemory()) {
      lab.plain(NAME);
      FaultInjector recorder = FaultInjector.recording();
      assertThat(stop(lab, recorder)).isNull();
      List<String> points = recorder.points();
      assertThat(points).contains("before thaw", "after thaw");
      for (int at = 0; at < points.size(); at++) {
        OvercException failure =
            stop(lab, new CancelAt(at, () -> Thread.currentThread().interrupt()));
        Thread.interrupted();
        assertThat(lab.lxc("lxc-info", NAME, "-s", "-H").stdout().strip())
            .as(points.get(at))
            .isEqualTo(failure == null ? "STOPPED" : "FROZEN");
        assertThat(lab.leftovers()).as(points.get(at)).isEmpty();
      }
    }
  }

  /** Stops a container that is frozen. */
  private static @Nullable OvercException stop(LxcLab lab, SideEffects effects) {
    lab.driver().start(NAME, NONE);
    lab.lxc("lxc-freeze", NAME);
    return CancelAt.caught(
        () -> lab.backends().effects(effects).containerDriver().stop(NAME, NONE));
  }
}
