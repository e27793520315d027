package io.overc.lxc.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.internal.file.LosslessText;
import io.overc.snapshot.ImportOptions;
import io.overc.snapshot.Trust;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImportedConfigTest {
  private static final ImportOptions ALL = ImportOptions.trusting(Set.of(Trust.values()));

  private static ImportedConfig imported(String text, Trust... trusted) {
    return ImportedConfig.of(text, "", ImportOptions.trusting(Set.of(trusted)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# overc.template = web",
        "",
        "lxc.arch = amd64",
        "lxc.uts.name = web",
        "lxc.net =",
        "lxc.net.0.type = veth",
        "lxc.net.0.type = empty",
        "lxc.net.0.link = lxcbr0",
        "lxc.net.0.name = eth0",
        "lxc.net.0.flags = up",
        "lxc.net.0.hwaddr = 00:16:3e:xx:xx:xx",
        "lxc.net.12.ipv4.address = 10.0.3.7/24 10.0.3.255",
        "lxc.net.0.ipv4.gateway = auto",
        "lxc.net.0.ipv6.address = 2003:db8::1/64",
        "lxc.net.0.veth.pair = veth-web",
        "lxc.cgroup.memory.limit_in_bytes = 512M",
        "lxc.cgroup2.memory.max = 512M",
        "lxc.cgroup2.cpuset.cpus = 0,1",
        "lxc.cgroup2.pids.max = 100",
        "lxc.cgroup2.devices.deny = a",
        "lxc.cgroup2.devices.allow = c 1:3 rwm",
        "lxc.cgroup2.devices.allow = c *:* m",
        "lxc.prlimit.nofile = 1024:2048",
        "lxc.idmap = u 0 100000 65536",
        "lxc.environment = A=b c",
        "lxc.environment = \"A=b\"",
        "lxc.signal.stop = SIGKILL",
        "lxc.start.auto = 1",
        "lxc.group = onboot",
        "lxc.init.cmd = /sbin/init --x",
        "lxc.execute.cmd = /bin/true",
        "lxc.tty.max = 4",
        "lxc.pty.max = 1024",
        "lxc.tty.dir = lxc",
        "lxc.autodev = 1",
        "lxc.cap.drop = sys_module mac_admin",
        "lxc.no_new_privs = 1",
        "lxc.log.level = INFO",
        "lxc.console.path = none",
        "lxc.mount.auto = proc:mixed sys:ro cgroup:mixed",
        "lxc.mount.entry = tmpfs tmp tmpfs nosuid,nodev,size=10% 0 0",
        "lxc.rootfs.options = ro",
        "lxc.apparmor.profile = generated",
        "lxc.seccomp.profile = /usr/share/lxc/config/common.seccomp",
        "lxc.include = /usr/share/lxc/config/common.conf",
        "lxc.include = /usr/share/lxc/config/ubuntu-cloud.common.conf",
        "lxc.include = /usr/share/lxc/config/debian.userns.conf",
      })
  @DisplayName("what does nothing outside of the container is kept, and nothing is said of it")
  void harmless(String line) {
    ImportedConfig imported = imported(line);
    assertThat(imported.leftOut()).isEmpty();
    assertThat(imported.config().text()).isEqualTo(line + "\n");
  }

  static Stream<List<Object>> wanted() {
    return Stream.of(
            Stream.of(
                    "lxc.hook.pre-start = /x",
                    "lxc.hook.pre-mount = /x",
                    "lxc.hook.mount = /x",
                    "lxc.hook.autodev = /x",
                    "lxc.hook.start-host = /x",
                    "lxc.hook.start = /x",
                    "lxc.hook.stop = /x",
                    "lxc.hook.post-stop = /x",
                    "lxc.hook.clone = /x",
                    "lxc.hook.destroy = /x",
                    "lxc.hook.version = 1",
                    "lxc.hook.later = /x",
                    "lxc.net.0.script.up = /x",
                    "lxc.net.3.script.down = /x")
                .map(line -> List.<Object>of(line, Trust.HOOKS)),
            Stream.of(
                    "lxc.mount.entry = /srv srv none bind 0 0",
                    "lxc.mount.entry = /dev/sda1 mnt ext4 ro 0 0",
                    "lxc.mount.entry = overlay srv overlay lowerdir=/etc 0 0",
                    "lxc.mount.entry = tmpfs ../../tmp tmpfs rw 0 0",
                    "lxc.mount.entry = tmpfs /run tmpfs rw 0 0",
                    "lxc.mount.entry = tmpfs a\\040b tmpfs rw 0 0",
                    "lxc.mount.entry = proc proc proc rw 0 0",
                    "lxc.mount.entry = sysfs sys sysfs rw 0 0",
                    "lxc.mount.entry = none srv none bind 0 0",
                    "lxc.mount.fstab = /etc/fstab",
                    "lxc.mount = /etc/fstab",
                    "lxc.mount.auto = shmounts:/srv:srv",
                    "lxc.rootfs.mount = /etc",
                    "lxc.rootfs.options = bind,idmap=container",
                    "lxc.console.path = /etc/cron.d/x",
                    "lxc.console.logfile = /etc/cron.d/x",
                    "lxc.log.file = /etc/cron.d/x",
                    "lxc.tty.dir = ../../etc")
                .map(line -> List.<Object>of(line, Trust.MOUNTS)),
            Stream.of(
                    "lxc.net.0.type = phys",
                    "lxc.net.0.type = macvlan",
                    "lxc.net.0.type = vlan",
                    "lxc.net.0.type = ipvlan",
                    "lxc.net.0.macvlan.mode = passthru",
                    "lxc.net.0.vlan.id = 7",
                    "lxc.cgroup.devices.allow = a",
                    "lxc.cgroup2.devices.allow = b 8:0 rwm",
                    "lxc.cgroup2.devices.allow =",
                    "lxc.cgroup2.devices.deny =",
                    "lxc.cgroup.devices.list = a")
                .map(line -> List.<Object>of(line, Trust.DEVICES)),
            Stream.of(
                    "lxc.cap.keep = sys_admin",
                    "lxc.cap.drop =",
                    "lxc.cap.drop = none",
                    "lxc.apparmor.profile = unconfined",
                    "lxc.apparmor.profile = unchanged",
                    "lxc.apparmor.allow_nesting = 1",
                    "lxc.apparmor.allow_incomplete = 1",
                    "lxc.apparmor.raw = mount,",
                    "lxc.selinux.context = unconfined_t",
                    "lxc.selinux.context.keyring = x",
                    "lxc.seccomp.profile = /x/seccomp",
                    "lxc.seccomp.profile =",
                    "lxc.seccomp.allow_nesting = 1",
                    "lxc.seccomp.notify.proxy = unix:/run/x",
                    "lxc.keyring.session = 0",
                    "lxc.namespace.keep = net ipc",
                    "lxc.namespace.clone = user",
                    "lxc.namespace.share.net = 1",
                    "lxc.namespace.share.pid = other",
                    "lxc.sysctl.kernel.core_pattern = |/x",
                    "lxc.proc.oom_score_adj = -1000",
                    "lxc.sched.core = 1",
                    "lxc.log.syslog = daemon",
                    "lxc.environment = DB_PASSWORD",
                    "lxc.net.0.type = none",
                    "lxc.net.0.type = \"none\"",
                    "lxc.net.0.veth.ipv4.route = 0.0.0.0/0",
                    "lxc.net.0.veth.mode = router",
                    "lxc.net.0.l2proxy = 1",
                    "lxc.mount.auto = proc:rw",
                    "lxc.mount.auto = proc:mixed sys:rw",
                    "lxc.mount.auto = cgroup-full:rw:force",
                    "lxc.cgroup.release_agent = /x",
                    "lxc.cgroup.memory.x/../../cpu.shares = 1",
                    "lxc.cgroup.dir = /",
                    "lxc.cgroup.dir.monitor.pivot = /",
                    "lxc.cgroup.relative = 1",
                    "lxc.cgroup2.cpuset.cpus.partition = root",
                    "lxc.cgroup2.cgroup.procs = 1",
                    "lxc.console.buffer.size = 64GB")
                .map(line -> List.<Object>of(line, Trust.PRIVILEGES)))
        .flatMap(lines -> lines);
  }

  @ParameterizedTest
  @MethodSource("wanted")
  @DisplayName("what acts on the host is kept if its kind is trusted, and only then")
  void trusted(List<Object> pair) {
    String line = (String) pair.get(0);
    Trust kind = (Trust) pair.get(1);
    assertThat(imported(line, kind).leftOut()).isEmpty();
    assertThat(imported(line, kind).config().text()).isEqualTo(line + "\n");
    Set<Trust> others =
        Stream.of(Trust.values()).filter(one -> one != kind).collect(Collectors.toSet());
    ImportedConfig without = ImportedConfig.of(line, "", ImportOptions.trusting(others));
    String key = line.substring(0, line.indexOf(' '));
    assertThat(without.config().values(key))
        .isEqualTo(key.endsWith(".type") ? List.of("empty") : List.of());
    assertThat(without.leftOut()).singleElement().asString().startsWith(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lxc.unheard.of = 1",
        "lxc.ephemeral = 1",
        "lxc.network.type = phys",
        "lxc.utsname = old",
        "lxc.net.0.type = mobius",
        "lxc.net.0.link = eth0;reboot",
        "lxc.net.0 = x",
        "lxc.Hook.start = /x",
        "lxc.hookstart = /x",
        "lxc.uts\u00a0.name = x",
      })
  @DisplayName("what is not known needs all trust")
  void unknown(String line) {
    assertThat(imported(line, Trust.HOOKS, Trust.MOUNTS, Trust.DEVICES).leftOut()).hasSize(1);
    assertThat(ImportedConfig.of(line, "", ALL).config().text()).isEqualTo(line + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lxc.include = /var/lib/lxcsnaps/web_0/rootfs/x",
        "lxc.include = rootfs/x",
        "lxc.include = /usr/share/lxc/config/nesting.conf",
        "lxc.include = /usr/share/lxc/config/../../../../tmp/common.conf",
        "lxc.include = /usr/share/lxc/config/common.conf.d/",
        "lxc.include =",
        "LXC.HOOK.START = /x",
        "nonsense",
        "lxc. = x",
        "\u000blxc.hook.start = /x",
        "lxc.uts.name = a\u001b]52;c;x\u0007",
        "lxc.uts.name = a\u0000",
        "lxc.uts.name = a\rlxc.hook.start = /x",
        "lxc.uts.name = a\u0085",
        "# a comment\u001b[2J\nlxc.hook.start = /x",
      })
  @DisplayName("includes, what is no setting, and control characters never stay")
  void never(String text) {
    ImportedConfig imported = ImportedConfig.of(text, "", ImportOptions.trusting(Set.of()));
    assertThat(imported.config().text()).isEqualTo("\n");
    assertThat(imported.leftOut()).hasSize(1);
    assertThat(String.join("", imported.leftOut()).chars()).noneMatch(Character::isISOControl);
    if (!text.startsWith("#")) {
      assertThat(ImportedConfig.of(text, "", ALL).config().text()).isEqualTo("\n");
    }
  }

  @Test
  @DisplayName("blanks as LXC has them hide nothing, and a backslash does not go on")
  void blanks() {
    ImportedConfig imported =
        imported(
            "\t lxc.hook.start\t=/x\n  lxc.uts.name=a \\\nlxc.hook.stop = \\\n/x\n\tlxc.arch\t =\t b");
    assertThat(imported.config().text()).isEqualTo("lxc.uts.name = a \\\nlxc.arch = b\n");
    assertThat(imported.leftOut()).hasSize(3);
  }

  @Test
  @DisplayName("bytes that are no UTF-8 stay what they are, and are shown escaped")
  void latin() {
    byte[] bytes =
        "lxc.environment = A=\u00fc\nlxc.hook.start = /\u00fc"
            .getBytes(StandardCharsets.ISO_8859_1);
    ImportedConfig imported = imported(LosslessText.decode(bytes));
    assertThat(LosslessText.encode(imported.config().text()))
        .isEqualTo("lxc.environment = A=\u00fc\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(imported.leftOut()).singleElement().asString().contains("/\\xfc");
  }

  @Test
  @DisplayName("what every new container here gets is kept without being trusted")
  void defaults() {
    String defaults = "lxc.apparmor.allow_nesting=1\nlxc.hook.start =  /etc/x\n";
    String nesting = "lxc.apparmor.allow_nesting = 1";
    String text = "lxc.hook.start = /etc/x\nlxc.hook.start = /etc/y\n" + nesting;
    ImportedConfig imported = ImportedConfig.of(text, defaults, ImportOptions.defaults());
    assertThat(imported.config().text()).isEqualTo("lxc.hook.start = /etc/x\n" + nesting + "\n");
    assertThat(imported.leftOut()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Trust.class)
  @DisplayName("the root is never the one that the archive names")
  void root(Trust trust) {
    String text = "lxc.rootfs.path = dir:/\nlxc.rootfs = /\n\tlxc.rootfs.path=btrfs:/x";
    ImportedConfig imported = imported(text, trust);
    assertThat(imported.config().text()).isEqualTo("\n");
    assertThat(imported.leftOut()).isEmpty();
  }

  @Test
  @DisplayName("of very many lines, or a very long one, only the beginning is shown")
  void many() {
    String line = "lxc.hook.start = " + "x".repeat(1000) + "\n";
    ImportedConfig imported = imported(line.repeat(3000));
    assertThat(imported.leftOut()).hasSize(101);
    assertThat(imported.leftOut().get(0)).hasSizeLessThan(300);
    assertThat(imported.leftOut().get(100)).isEqualTo("2900 more");
  }
}
