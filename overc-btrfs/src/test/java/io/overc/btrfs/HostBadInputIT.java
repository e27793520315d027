package io.overc.btrfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.error.VerificationException;
import io.overc.event.OperationOptions;
import io.overc.host.HostUpgrader;
import io.overc.host.Preflight.Requirement;
import io.overc.host.RollbackOptions;
import io.overc.host.UpgradeOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A host that is not as it should be: each time a clear refusal, and nothing is touched. */
class HostBadInputIT extends HostFixture {
  HostBadInputIT() {
    super(lab -> new SmartDistribution());
  }

  private void refused(HostUpgrader upgrader, String title, String... words) {
    Map<String, String> before = host().everything();
    assertThat(upgrader.preflight().broken()).extracting(Requirement::title).containsExactly(title);
    for (Consumer<HostUpgrader> verb :
        List.<Consumer<HostUpgrader>>of(
            it -> it.plan(UpgradeOptions.defaults()),
            it ->
                it.upgrade(
                    UpgradeOptions.builder().force(true).build(), OperationOptions.defaults()),
            it -> it.rollback(RollbackOptions.defaults(), OperationOptions.defaults()))) {
      assertThatThrownBy(() -> verb.accept(upgrader))
          .isInstanceOf(RefusedException.class)
          .hasMessageContainingAll(words);
    }
    assertThat(host().changesSince(before)).isEmpty();
  }

  @Test
  @DisplayName("the root is no btrfs")
  void rootIsNoBtrfs() {
    HostUpgrader upgrader =
        BtrfsHostUpgrader.builder().root(host().disk().boot()).boot(host().disk().root()).build();
    Map<String, String> before = host().everything();
    assertThat(upgrader.preflight().broken())
        .anySatisfy(
            broken -> {
              assertThat(broken.title()).isEqualTo("root on btrfs");
              assertThat(broken.detail()).endsWith("is ext4, not btrfs");
              assertThat(broken.fix().orElseThrow().text()).contains("btrfs.root");
            });
    for (Consumer<HostUpgrader> verb : verbs()) {
      assertThatThrownBy(() -> verb.accept(upgrader))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("btrfs.root");
    }
    assertThat(host().changesSince(before)).isEmpty();
  }

  @Test
  @DisplayName("the default subvolume is the top-level one")
  void defaultIsTheTopLevel() {
    host().lab().run("switch", "btrfs", "subvolume", "set-default", "5", host().disk().root());
    refused(host().upgrader(), "default subvolume", "set-default");
    host().upgrader().update(OperationOptions.defaults());
    assertThatThrownBy(() -> host().upgrader().cancel(OperationOptions.defaults()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("by hand");
  }

  private static List<Consumer<HostUpgrader>> verbs() {
    return List.of(
        HostUpgrader::status,
        HostUpgrader::availableUpdates,
        it -> it.update(OperationOptions.defaults()),
        it -> it.plan(UpgradeOptions.defaults()),
        it -> it.upgrade(UpgradeOptions.defaults(), OperationOptions.defaults()),
        it -> it.rollback(RollbackOptions.defaults(), OperationOptions.defaults()),
        it -> it.cancel(OperationOptions.defaults()),
        it -> it.recover(OperationOptions.defaults()));
  }

  @Test
  @DisplayName("the root is the top-level subvolume")
  void rootIsTheTopLevel() {
    host().disk().shutDown();
    host().disk().startUp("-o", "subvolid=5");
    Map<String, String> before = host().everything();
    HostUpgrader upgrader = host().upgrader();
    assertThat(upgrader.preflight().broken())
        .anySatisfy(
            broken -> {
              assertThat(broken.title()).isEqualTo("root in a slot");
              assertThat(broken.detail()).contains("top-level subvolume");
              assertThat(broken.fix().orElseThrow().text()).contains("'rootfs'");
            });
    for (Consumer<HostUpgrader> verb : verbs().subList(1, verbs().size() - 1)) {
      assertThatThrownBy(() -> verb.accept(upgrader)).isInstanceOf(RefusedException.class);
    }
    assertThat(host().changesSince(before)).isEmpty();
  }

  @Test
  @DisplayName("rootfs_upgrade is a plain directory")
  void slotIsAPlainDirectory() throws Exception {
    host().disk().atTop(top -> directory(top.resolve("rootfs_upgrade/precious")));
    host().writeAtTop("rootfs_upgrade/precious/file", "precious");
    refused(host().upgrader(), "names of the slots", "rootfs_upgrade", "no subvolume", "move it");
    assertThat(host().top("rootfs_upgrade/precious/file")).isEqualTo("precious");
  }

  @Test
  @DisplayName("rootfs_bakup is a plain directory")
  void backupIsAPlainDirectory() {
    host().disk().atTop(top -> directory(top.resolve("rootfs_bakup")));
    refused(host().upgrader(), "names of the slots", "rootfs_bakup", "no subvolume");
  }

  @Test
  @DisplayName("fstab chooses the subvolume")
  void fstabChooses() throws Exception {
    Files.writeString(
        host().disk().root().resolve("etc/fstab"), "/dev/vda2 / btrfs rw,subvol=rootfs 0 0\n");
    refused(host().upgrader(), "fstab", "subvol=rootfs", "remove");
  }

  @Test
  @DisplayName("the normal boot entry chooses the subvolume")
  void bootEntryChooses() throws Exception {
    Path menu = host().disk().boot().resolve("grub/grub.cfg");
    Files.writeString(
        menu,
        Files.readString(menu)
            .replace("linux /bzImage root=", "linux /bzImage rootflags=subvolid=256 root="));
    refused(host().upgrader(), "normal boot entry", "chooses the subvolume", "rootflags");
  }

  @Test
  @DisplayName("there is no second boot entry")
  void noBackupEntry() throws Exception {
    Files.writeString(
        host().disk().boot().resolve("grub/grub.cfg"), "linux /bzImage root=/dev/vda2\n");
    refused(
        host().upgrader(),
        "backup boot entry",
        "linux /bzImage_bakup rootflags=subvol=rootfs_bakup");
  }

  @Test
  @DisplayName("nested subvolumes")
  void nestedSubvolumes() {
    Path nested = host().disk().root().resolve("srv/data");
    host().lab().run("nest", "btrfs", "subvolume", "create", nested);
    refused(host().upgrader(), "no nested subvolumes", "rootfs/srv/data", "empty directories");
  }

  @Test
  @DisplayName("the boot directory is part of the root")
  void bootIsPartOfTheRoot() {
    refusedBoot(host().disk().root().resolve("boot"), "separate boot partition");
  }

  private void refusedBoot(Path boot, String title) {
    Map<String, String> before = host().everything();
    HostUpgrader upgrader =
        BtrfsHostUpgrader.builder().root(host().disk().root()).boot(boot).build();
    assertThat(upgrader.preflight().broken()).extracting(Requirement::title).contains(title);
    assertThatThrownBy(
            () -> upgrader.upgrade(UpgradeOptions.defaults(), OperationOptions.defaults()))
        .isInstanceOf(RefusedException.class);
    assertThat(host().changesSince(before)).isEmpty();
  }

  @Test
  @DisplayName("there is no kernel")
  void noKernel() {
    refusedBoot(host().disk().boot().resolve("grub"), "kernel");
  }

  @Test
  @DisplayName("everything that is broken is named at once")
  void everythingAtOnce() throws Exception {
    Files.writeString(
        host().disk().root().resolve("etc/fstab"), "/dev/vda2 / btrfs subvolid=256 0 0\n");
    Files.delete(host().disk().boot().resolve("grub/grub.cfg"));
    host()
        .lab()
        .run("nest", "btrfs", "subvolume", "create", host().disk().root().resolve("srv/data"));
    host().disk().atTop(top -> directory(top.resolve("rootfs_upgrade")));
    assertThat(host().upgrader().preflight().broken())
        .extracting(Requirement::title)
        .containsExactlyInAnyOrder(
            "fstab", "backup boot entry", "no nested subvolumes", "names of the slots");
    assertThatThrownBy(host()::upgrade)
        .isInstanceOf(RefusedException.class)
        .hasMessageContainingAll("fstab", "backup boot entry", "nested", "slots");
  }

  @Test
  @DisplayName("a corrupt journal")
  void corruptJournal() {
    host().disk().atTop(top -> directory(top.resolve(".overc")));
    for (String text :
        List.of("garbage", "operation=UPGRADE\nstep=SWITCH\ncheck=0\n", "\0\0\0\0")) {
      host().writeAtTop(".overc/journal", text);
      Map<String, String> before = host().everything();
      HostUpgrader upgrader = host().upgrader();
      for (Consumer<HostUpgrader> verb :
          List.<Consumer<HostUpgrader>>of(
              it -> it.upgrade(UpgradeOptions.defaults(), OperationOptions.defaults()),
              it -> it.rollback(RollbackOptions.defaults(), OperationOptions.defaults()),
              it -> it.cancel(OperationOptions.defaults()),
              it -> it.recover(OperationOptions.defaults()))) {
        assertThatThrownBy(() -> verb.accept(upgrader))
            .isInstanceOf(VerificationException.class)
            .hasMessageContainingAll("journal", "corrupt", "remove the file");
      }
      assertThat(host().changesSince(before)).isEmpty();
    }
    host().disk().atTop(top -> host().lab().run("remove", "rm", top.resolve(".overc/journal")));
  }

  @Test
  @DisplayName("a package manager that is not in the root")
  void packageManagerIsMissing() {
    Map<String, String> before = host().everything();
    assertThatThrownBy(
            () ->
                host()
                    .builder()
                    .packageManager("zypper")
                    .build()
                    .upgrade(UpgradeOptions.defaults(), OperationOptions.defaults()))
        .isInstanceOf(OvercException.class)
        .hasMessageContainingAll("'zypper'", "btrfs.package-manager");
    assertThat(host().changesSince(before)).isEmpty();
  }

  private static Path directory(Path path) {
    try {
      return Files.createDirectories(path);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
