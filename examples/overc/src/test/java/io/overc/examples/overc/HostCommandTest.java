package io.overc.examples.overc;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.examples.console.testkit.RecordedTerminal;
import io.overc.host.Phase;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("overc host")
class HostCommandTest {
  private final TimeZone zone = TimeZone.getDefault();
  private RecordedTerminal recorded = new RecordedTerminal();

  @BeforeEach
  void useOneTimeZone() {
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
  }

  @AfterEach
  void restoreTimeZone() {
    TimeZone.setDefault(zone);
  }

  @Test
  @DisplayName("status names the phase, the next step, and what there is to go back to")
  void status() {
    assertThat(run(Phase.UPGRADE_PENDING, "status")).isZero();
    assertThat(recorded.out())
        .isEqualTo(
            """
            Upgrade pending: reboot to switch to rootfs_upgrade, or drop it: overc host cancel
              rootfs          running
              rootfs_upgrade  next boot
              rootfs_bakup    backup
              bzImage                9.1 MiB  written 1970-01-01 00:00:00
              bzImage_bakup  backup  900 B    written 1970-01-01 00:00:00
              Last upgrade: to rootfs_upgrade, 1970-01-01 00:00:00, not booted yet
            """);
    assertThat(recorded.err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "CLEAN,Clean: the next boot",
    "ROLLBACK_PENDING,Rollback pending: reboot",
    "BACKUP_MODE,Backup mode: rootfs_bakup runs",
    "INTERRUPTED,Interrupted: upgrade did not come to its end. Finish or undo it: overc host recover"
  })
  @DisplayName("status has a headline for each phase")
  void headlines(Phase phase, String headline) {
    assertThat(run(phase, "status")).isZero();
    assertThat(recorded.out()).startsWith(headline).contains("but something else came up");
  }

  @Test
  @DisplayName("status --json is the record as it is")
  void statusAsJson() {
    assertThat(run(Phase.CLEAN, "status", "--json")).isZero();
    assertThat(recorded.out())
        .startsWith("{\n  \"phase\" : \"clean\",\n  \"running\" : \"rootfs\",")
        .contains("\"meant\" : \"rootfs_upgrade\"", "\"outcome\" : \"otherwise\"")
        .contains("\"interrupted\" : null");
  }

  @Test
  @DisplayName("preflight lists everything, with the fixes below, and exits 3 if it is broken")
  void preflight() {
    assertThat(run(Phase.BACKUP_MODE, "preflight")).isEqualTo(3);
    assertThat(recorded.out())
        .isEqualTo(
            """
            ok       btrfs root           / is btrfs
            warning  space                1 GiB left
            BROKEN   no subvol= in fstab  /etc/fstab:3 has subvol=rootfs
            To do: space: delete something
            To do: no subvol= in fstab: remove it
            1 requirement broken: nothing would be upgraded.
            """);
    assertThat(run(Phase.BACKUP_MODE, "preflight", "--json")).isEqualTo(3);
    assertThat(recorded.out())
        .startsWith("{\n  \"requirements\" : [")
        .contains("\"verdict\" : \"broken\"", "\"cure\" : \"remove it\"", "\"cure\" : \"\"");
    assertThat(run(Phase.CLEAN, "preflight")).isZero();
    assertThat(recorded.out()).endsWith("This host can be upgraded: overc host upgrade\n");
  }

  @Test
  @DisplayName("newer exits 100 with the packages, 0 without any")
  void newer() {
    assertThat(run(Phase.CLEAN, "newer")).isEqualTo(100);
    assertThat(recorded.out())
        .isEqualTo(
            """
              hello.x86_64  1.0-1  ->  2.0-1
              libgreet      (new)  ->  0.1-1
            2 packages would change. Upgrade: overc host upgrade
            """);
    assertThat(run(Phase.UPGRADE_PENDING, "newer")).isZero();
    assertThat(recorded.out()).startsWith("Nothing is newer");
    assertThat(run(Phase.CLEAN, "--json", "newer")).isEqualTo(100);
    assertThat(recorded.out()).contains("\"available\" : \"2.0-1\"").contains("null");
  }

  @Test
  @DisplayName("update says what comes next; a failure is exit 1")
  void update() {
    assertThat(run(Phase.CLEAN, "update")).isZero();
    assertThat(recorded.out()).contains("overc host newer");
    assertThat(run(Phase.BACKUP_MODE, "update")).isEqualTo(1);
    assertThat(recorded.err()).startsWith("overc: Could not refresh the package lists");
    assertThat(recorded.out()).isEmpty();
  }

  @Test
  @DisplayName("plan lists packages and actions, and says that nothing was touched")
  void plan() {
    assertThat(run(Phase.CLEAN, "plan")).isZero();
    assertThat(recorded.out())
        .contains("  hello.x86_64  1.0-1  ->  2.0-1\n")
        .contains("nothing was touched:\n  snapshot  rootfs as rootfs_upgrade\n  switch ");
    assertThat(run(Phase.UPGRADE_PENDING, "plan")).isZero();
    assertThat(recorded.out()).startsWith("Nothing is newer");
    assertThat(run(Phase.UPGRADE_PENDING, "plan", "-f", "--replace")).isZero();
    assertThat(recorded.out()).contains("force=true").contains("pending=REPLACE");
  }

  @Test
  @DisplayName("upgrade shows progress on stderr and what to do next on stdout")
  void upgrade() {
    assertThat(run(Phase.CLEAN, "upgrade")).isZero();
    assertThat(recorded.err())
        .contains("[1] snapshot rootfs as rootfs_upgrade\n")
        .contains("force=false, keepFailed=false, reboot=false, pending=REFUSE");
    assertThat(recorded.out())
        .endsWith(
            """
            rootfs_upgrade is ready with 2 changed packages and a new kernel.
            Reboot to switch, or drop it: overc host cancel
            """);
  }

  @Test
  @DisplayName("upgrade passes every option on")
  void upgradeOptions() {
    assertThat(run(Phase.CLEAN, "upgrade", "-r", "-f", "--keep-failed", "--continue")).isZero();
    assertThat(recorded.err())
        .contains("force=true, keepFailed=true, reboot=true, pending=CONTINUE");
    assertThat(recorded.out()).endsWith("Rebooting.\n");
  }

  @Test
  @DisplayName("upgrade --json --quiet prints one document and nothing else")
  void upgradeAsJson() {
    assertThat(run(Phase.UPGRADE_PENDING, "--json", "--quiet", "upgrade", "--replace")).isZero();
    assertThat(recorded.err()).isEmpty();
    assertThat(recorded.out())
        .isEqualTo(
            """
            {
              "upgraded" : false,
              "slot" : null,
              "packages" : [ ],
              "kernelChanged" : false,
              "rebooting" : false
            }
            """);
  }

  @Test
  @DisplayName("--continue and --replace exclude each other")
  void onePendingChoice() {
    assertThat(run(Phase.CLEAN, "upgrade", "--continue", "--replace")).isEqualTo(2);
    assertThat(recorded.err()).contains("--continue").contains("--replace");
  }

  @ParameterizedTest
  @ValueSource(strings = {"upgrade", "rollback", "cancel"})
  @DisplayName("a guard is exit 3 with its reason, and so is another operation")
  void guards(String verb) {
    assertThat(run(Phase.BACKUP_MODE, verb)).isEqualTo(3);
    assertThat(recorded.err()).startsWith("overc: Could not upgrade: rootfs_bakup runs");
    assertThat(run(Phase.INTERRUPTED, verb)).isEqualTo(3);
    assertThat(recorded.err()).contains("pid 4711");
    assertThat(recorded.out()).isEmpty();
  }

  @Test
  @DisplayName("a second upgrade while one is pending is refused unless it is told what to do")
  void secondUpgrade() {
    assertThat(run(Phase.UPGRADE_PENDING, "upgrade")).isEqualTo(3);
    assertThat(recorded.err())
        .endsWith(
            "cancel it, or continue from it (overc host cancel, or pass --continue or --replace)\n");
    assertThat(run(Phase.UPGRADE_PENDING, "upgrade", "--replace")).isZero();
    assertThat(recorded.out()).startsWith("Nothing is newer; nothing was changed");
  }

  @Test
  @DisplayName("rollback, cancel and recover say what they did")
  void goingBack() {
    assertThat(run(Phase.CLEAN, "rollback")).isZero();
    assertThat(recorded.out())
        .isEqualTo(
            """
            The next boot brings up rootfs_upgrade with its own kernel.
            Reboot to switch, or drop it: overc host cancel
            """);
    assertThat(run(Phase.CLEAN, "rollback", "-r")).isZero();
    assertThat(recorded.out()).endsWith("Rebooting.\n");
    assertThat(run(Phase.UPGRADE_PENDING, "cancel")).isZero();
    assertThat(recorded.out()).startsWith("Dropped");
    assertThat(run(Phase.CLEAN, "cancel", "--json")).isZero();
    assertThat(recorded.out()).isEqualTo("{\n  \"dropped\" : false\n}\n");
    assertThat(run(Phase.INTERRUPTED, "recover")).isZero();
    assertThat(recorded.out()).startsWith("The interrupted upgrade was undone");
    assertThat(run(Phase.CLEAN, "recover")).isZero();
    assertThat(recorded.out()).startsWith("Nothing was interrupted");
  }

  @Test
  @DisplayName("snapshots lists them with their comments")
  void snapshots() {
    assertThat(run(Phase.CLEAN, "snapshots")).isZero();
    assertThat(recorded.out())
        .isEqualTo(
            """
            rootfs  rootfs@1  1970-01-01 00:00:00  before the move
            rootfs  rootfs@2  1970-01-01 00:00:00
            """);
  }

  @Test
  @DisplayName("overc doctor shows what is usable, what is missing and the fix")
  void doctor() {
    assertThat(run("doctor")).isZero();
    assertThat(recorded.out())
        .isEqualTo(
            """
            host upgrader fake: usable
            snapshot store btrfs: NOT usable
                'btrfs' is missing: install the package btrfs-progs
                mount  mount from util-linux 2.38
                btrfs  missing: install the package btrfs-progs
            """);
  }

  private int run(Phase phase, String... arguments) {
    recorded = new RecordedTerminal();
    String[] all = new String[arguments.length + 1];
    all[0] = "host";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return run(Map.of("OVERC_FAKE_PHASE", phase.name()), all);
  }

  private int run(String... arguments) {
    return run(Map.of(), arguments);
  }

  private int run(Map<String, String> environment, String... arguments) {
    return OvercCommand.program()
        .on(recorded.terminal(OptionalInt.empty(), environment))
        .withBackends(Backends.fake())
        .run(arguments);
  }
}
