package io.overc.docker.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.snapshot.ImportOptions;
import io.overc.snapshot.Trust;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("of the options of a snapshot from elsewhere")
class ImportedOptionsTest {
  private static final ImportOptions NONE = ImportOptions.defaults();
  private static final ImportOptions ALL = ImportOptions.trusting(EnumSet.allOf(Trust.class));

  private static ImportedOptions rule(ImportOptions trust, String... options) {
    return ImportedOptions.of(List.of(options), List.of(), "ours", trust);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--init=true",
        "--tty",
        "--interactive",
        "--read-only",
        "--network=none",
        "--network=bridge",
        "--network=ours",
        "--dns=10.0.0.1",
        "--add-host=db:10.0.0.2",
        "--memory=67108864",
        "--cpu-quota=50000",
        "--cpus=1.5",
        "--restart=on-failure:3",
        "--restart=unless-stopped",
        "--tmpfs=/run:rw,size=64m",
        "--cap-drop=ALL",
        "--security-opt=no-new-privileges"
      })
  @DisplayName("what concerns the container alone is kept")
  void harmless(String option) {
    assertThat(rule(NONE, option).kept()).contains(option);
    assertThat(rule(NONE, option).left()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MOUNTS|--volume=/:/host",
        "MOUNTS|--volume=data:/data",
        "MOUNTS|--mount=type=bind,source=/,target=/host",
        "MOUNTS|--mount=type=volume,target=/x,volume-opt=type=none,volume-opt=device=/",
        "DEVICES|--device=/dev/sda:/dev/sda:rwm",
        "PRIVILEGES|--privileged",
        "PRIVILEGES|--cap-add=ALL",
        "PRIVILEGES|--security-opt=seccomp=/etc/shadow",
        "PRIVILEGES|--security-opt=apparmor=unconfined",
        "PRIVILEGES|--network=host",
        "PRIVILEGES|--network=container:db",
        "PRIVILEGES|--network=theirs",
        "PRIVILEGES|--publish=0.0.0.0:22:22/tcp",
        "PRIVILEGES|--add-host=host:host-gateway"
      })
  @DisplayName("what the host has is kept only where it is trusted by name")
  void trusted(Trust kind, String option) {
    Set<Trust> others = EnumSet.complementOf(EnumSet.of(kind));
    ImportedOptions without = rule(ImportOptions.trusting(others), option);
    assertThat(without.kept()).containsExactly("--network=ours");
    assertThat(without.left()).singleElement().asString().startsWith(option);
    ImportedOptions with = rule(ImportOptions.trusting(Set.of(kind)), option);
    assertThat(with.kept()).contains(option);
    assertThat(with.left()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-v",
        "-v/x:/y",
        "-v=/x:/y",
        "-it",
        "-itv/:/x",
        "-p80:80",
        "-eHOME",
        "-h",
        "--",
        "--volume",
        "/x:/y",
        "--volume /x:/y",
        "--privileged=true",
        "--privileged ",
        " --tty",
        "--network",
        "host",
        "--net=host",
        "--pid=host",
        "--ipc=host",
        "--uts=host",
        "--userns=host",
        "--cgroupns=host",
        "--cgroup-parent=/",
        "--device-cgroup-rule=a *:* rwm",
        "--device-read-bps=/dev/sda:1",
        "--gpus=all",
        "--runtime=evil",
        "--volumes-from=db",
        "--volume-driver=x",
        "--env=HOME",
        "--env=A=b",
        "--env-file=/etc/shadow",
        "--label-file=/etc/shadow",
        "--label=io.overc.service=db",
        "--cidfile=/etc/cron.d/x",
        "--name=other",
        "--entrypoint=/x",
        "--user=0",
        "--group-add=0",
        "--sysctl=kernel.x=1",
        "--ulimit=core=0",
        "--oom-score-adj=-1000",
        "--oom-kill-disable",
        "--log-driver=syslog",
        "--log-opt=syslog-address=tcp://x",
        "--link=db",
        "--ip=10.0.0.1",
        "--mac-address=1",
        "--platform=x",
        "--pull=always",
        "--storage-opt=size=1",
        "--isolation=x",
        "--shm-size=1g",
        "--annotation=run.oci.x=1",
        "--add-host=a:1\n--privileged",
        "--memory=1g --privileged",
        "--publish-all",
        "--health-cmd=x",
        "--stop-signal=9",
        "--host=tcp://x",
        "image",
        "",
        "--restart=always --privileged",
        "--tmpfs=/x:rw --privileged ",
        "--volume=/a\n:/b"
      })
  @DisplayName("everything else is left out, whatever is trusted, and said")
  void others(String option) {
    ImportedOptions all = rule(ALL, option, "--tty");
    if (option.startsWith("--tmpfs=")) {
      // One argument: a strange directory in the container, no second option.
      assertThat(rule(NONE, option).left()).hasSize(1);
      return;
    }
    assertThat(all.kept()).containsExactly("--tty", "--network=ours");
    assertThat(all.left()).singleElement().asString().startsWith(option);
  }

  @Test
  @DisplayName("further networks are left out, too, but the one of containers here")
  void networks() {
    List<String> networks = List.of("ours", "theirs", "--driver-opt=x");
    ImportedOptions none = ImportedOptions.of(List.of(), networks, "ours", NONE);
    assertThat(none.networks()).containsExactly("ours");
    assertThat(none.left()).hasSize(2);
    ImportedOptions all = ImportedOptions.of(List.of(), networks, "ours", ALL);
    assertThat(all.networks()).containsExactly("ours", "theirs");
    assertThat(all.left()).singleElement().asString().contains("--driver-opt");
  }
}
