package io.overc.lxc.snapshot;

import static io.overc.snapshot.Trust.DEVICES;
import static io.overc.snapshot.Trust.HOOKS;
import static io.overc.snapshot.Trust.MOUNTS;
import static io.overc.snapshot.Trust.PRIVILEGES;

import io.overc.snapshot.Trust;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a setting of lxc.container.conf(5) does outside of its container. Whatever is not listed
 * here may do anything.
 */
final class ConfigRules {
  /** What a setting needs whose effect is not known. */
  static final Set<Trust> UNKNOWN = Set.of(Trust.values());

  private static final String ANY = ".*";
  private static final String NUMBER = "[0-9]{1,9}";
  private static final String INTERFACE = "[A-Za-z0-9_][A-Za-z0-9_.:@-]{0,14}";
  private static final String NET = "net\\.[0-9]{1,4}\\.";
  private static final String CGROUP = "cgroup2?\\.";

  /** The first that fits the key and the value decides. */
  private static final List<Rule> RULES = rules();

  private ConfigRules() {}

  /** Returns what a setting needs; nothing if it does nothing outside of the container. */
  static Set<Trust> needs(String key, String value) {
    for (Rule rule : RULES) {
      if (rule.key.matcher(key).matches() && rule.value.matcher(value).matches()) {
        return rule.needs.map(Set::of).orElse(Set.of());
      }
    }
    return UNKNOWN;
  }

  private static List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    container(rules);
    network(rules);
    limits(rules);
    mounts(rules);
    rules.add(needs(HOOKS, "hook\\..+"));
    privileges(rules);
    return List.copyOf(rules);
  }

  private static void container(List<Rule> rules) {
    rules.add(free("arch|uts\\.name|signal\\.(halt|reboot|stop)|group|log\\.level", ANY));
    // These programs run inside.
    rules.add(free("init\\.(cmd|cwd|uid|gid|groups)|execute\\.cmd", ANY));
    rules.add(free("start\\.(auto|delay|order)|monitor\\.(unshare|signal\\.pdeath)", ANY));
    // Without a value it is that of whoever starts the container.
    rules.add(free("environment", "[^=]+=.*"));
    rules.add(free("time\\.offset\\.(boot|monotonic)|no_new_privs|autodev", ANY));
    rules.add(free("autodev\\.tmpfs\\.size|pty\\.max|console\\.(rotate|size)", NUMBER));
    rules.add(free("tty\\.max", "[0-9]{1,3}"));
    rules.add(free("tty\\.dir", "[A-Za-z0-9_-]+"));
    rules.add(free("console\\.buffer\\.size", "auto|[0-9]{1,7} ?B?|[0-9]{1,4} ?[kK]B"));
    // It takes rights away, be it from none.
    rules.add(free("idmap", "([ug] [0-9]+ [0-9]+ [0-9]+)?"));
  }

  private static void network(List<Rule> rules) {
    rules.add(free("net", ""));
    rules.add(free(NET + "type", "veth|empty"));
    rules.add(free(NET + "(link|name|veth\\.pair)", INTERFACE));
    rules.add(free(NET + "(flags|mtu)", "[a-z0-9]*"));
    rules.add(free(NET + "(hwaddr|ipv[46]\\.(address|gateway))", "[A-Za-z0-9.:/ ]*"));
    rules.add(free(NET + "veth\\.mode", "bridge"));
    rules.add(needs(HOOKS, NET + "script\\..+"));
    rules.add(new Rule(NET + "type", "none", Optional.of(PRIVILEGES)));
    rules.add(new Rule(NET + "type", "phys|vlan|macvlan|ipvlan", Optional.of(DEVICES)));
    rules.add(needs(DEVICES, NET + "(vlan|macvlan|ipvlan)\\..+"));
    // Routes and proxies change the network of the host.
    rules.add(needs(PRIVILEGES, NET + "(veth\\..+|l2proxy)"));
  }

  private static void limits(List<Rule> rules) {
    rules.add(free("prlimit\\.[a-z]+", ANY));
    // These take processors from others.
    rules.add(
        needs(
            PRIVILEGES,
            CGROUP + "(cpuset\\..*(exclusive|partition|hardwall|migrate).*|cpu\\.rt_.*)"));
    rules.add(
        free(CGROUP + "(memory|cpu|cpuacct|cpuset|pids|blkio|io|hugetlb)\\.[A-Za-z0-9_.]+", ANY));
    rules.add(free(CGROUP + "devices\\.deny", "[abc].*"));
    rules.add(
        free(
            CGROUP + "devices\\.allow",
            "[bc] \\*:\\* m|c (1:[35789]|5:[012]|10:229|136:\\*) [rwm]{1,3}"));
    rules.add(needs(DEVICES, CGROUP + "devices\\..+"));
    rules.add(needs(PRIVILEGES, CGROUP + ".+"));
  }

  private static void mounts(List<Rule> rules) {
    String inside = "[ \\t]+(?![/.])(?!\\S*\\.\\.)[A-Za-z0-9_./-]+[ \\t]+";
    String options = "[ \\t]+[A-Za-z0-9_=,%]+([ \\t]+0){0,2}";
    rules.add(
        free("mount\\.entry", "(none|tmpfs|shm|mqueue)" + inside + "(tmpfs|mqueue)" + options));
    String auto = "(proc(:mixed)?|sys(:(ro|mixed))?|cgroup:(ro|mixed)(:force)?)";
    rules.add(free("mount\\.auto", auto + "([ \\t]+" + auto + ")*"));
    rules.add(new Rule("mount\\.auto", "(?!.*shmounts).*", Optional.of(PRIVILEGES)));
    rules.add(free("console\\.path", "none"));
    rules.add(free("rootfs\\.options", "r[ow]|nodev|nosuid|noexec|noatime"));
    rules.add(needs(MOUNTS, "mount(\\..+)?|rootfs\\.(mount|options)|tty\\.dir"));
    rules.add(needs(MOUNTS, "console\\.(path|logfile)|log\\.file"));
  }

  private static void privileges(List<Rule> rules) {
    rules.add(free("cap\\.drop", "(?!.*\\bnone\\b)[a-z0-9_ \\t]+"));
    rules.add(free("apparmor\\.profile", "generated|lxc-container-default(-cgns)?"));
    rules.add(free("apparmor\\.allow_(nesting|incomplete)|seccomp\\.allow_nesting", "0"));
    rules.add(free("seccomp\\.profile", "/usr/share/lxc/config/common\\.seccomp"));
    rules.add(free("keyring\\.session", "1"));
    rules.add(
        needs(
            PRIVILEGES,
            "(cap|apparmor|selinux|seccomp|keyring|namespace|sysctl|proc|sched)\\..+"
                + "|environment|console\\.buffer\\.size|log\\.syslog|idmap"));
  }

  private static Rule free(String keys, String value) {
    return new Rule(keys, value, Optional.empty());
  }

  private static Rule needs(Trust trust, String keys) {
    return new Rule(keys, ANY, Optional.of(trust));
  }

  private record Rule(Pattern key, Pattern value, Optional<Trust> needs) {
    Rule(String keys, String value, Optional<Trust> needs) {
      this(Pattern.compile("lxc\\.(?:" + keys + ")"), Pattern.compile(value), needs);
    }
  }
}
