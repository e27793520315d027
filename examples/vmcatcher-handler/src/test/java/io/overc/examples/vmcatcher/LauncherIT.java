package io.overc.examples.vmcatcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.examples.console.testkit.Launcher;
import io.overc.exec.Command;
import io.overc.exec.CommandBuilder;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.image.ImageEvent;
import io.overc.opennebula.Site;
import io.overc.testkit.Real;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherIT {
  @Test
  @DisplayName("the command handles an event as VMcatcher runs it")
  void asVmcatcherRunsIt(@TempDir Path directory) {
    Real.tools("sh");
    try (Site site = new Site(directory)) {
      ImageEvent event = site.available(Site.ID, "one").with("DC_TITLE", "Grüße \"x\"");
      CommandBuilder command =
          Command.of(Launcher.path("vmcatcher-event-handler").toString(), "--json")
              .environment("ONE_XMLRPC", site.frontEnd().endpoint())
              .environment("ONE_AUTH", site.auth().toString())
              .environment("OVERC_OPENNEBULA_SPOOL", directory.resolve("spool").toString());
      event.variables().forEach(command::environment);
      CommandResult result = CommandRunner.system().run(command.build());
      result.orThrow("handle an event");
      assertThat(result.stdout()).contains("\"outcome\" : \"registered\"");
      assertThat(site.current().attribute("VMCATCHER_EVENT_DC_TITLE")).isEqualTo("Grüße \"x\"");
    }
  }
}
