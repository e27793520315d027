package io.overc.btrfs.snapshot;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Streams that were not written by {@code btrfs send}, each by the name of what it tries. */
final class HostileStreams {
  private static final int CHARACTER = 0020600;
  private static final int BLOCK = 0060666;

  private final Map<String, byte[]> cases = new LinkedHashMap<>();
  private final String absolute;
  private final byte[] foreign;

  private HostileStreams(String absolute, byte[] foreign) {
    this.absolute = absolute;
    this.foreign = foreign;
  }

  /**
   * Makes streams against a directory outside, which holds {@code file}, {@code dir/inner} and an
   * empty directory {@code empty}.
   *
   * @param outside its absolute path
   * @param foreign the UUID of another subvolume of the file system, with a file {@code secret}
   */
  static Map<String, byte[]> against(String outside, byte[] foreign) {
    HostileStreams made = new HostileStreams(outside, foreign);
    // Through a link, by dots, and by an absolute path.
    made.change("by a link", s -> s.symlink("l", made.absolute), "l");
    made.change("by dots", s -> s, "../../../../../../../../../.." + made.absolute);
    made.change("by dots in the file system", s -> s, "../../../canary");
    made.change("by an absolute path", s -> s, made.absolute);
    made.change(
        "by a link below a link", s -> s.symlink("k", made.absolute).symlink("l", "k"), "l");
    made.other();
    made.damage();
    return made.cases;
  }

  private void change(String how, UnaryOperator<SendStream> first, String to) {
    add("make a file " + how, s -> first.apply(s).file(to + "/new").write(to + "/new", "x"));
    add("overwrite " + how, s -> first.apply(s).write(to + "/file", "owned"));
    add("truncate " + how, s -> first.apply(s).truncate(to + "/file", 0));
    add("set the user ID " + how, s -> first.apply(s).mode(to + "/file", 04755));
    add("change the owner " + how, s -> first.apply(s).owner(to + "/file", 65534));
    add("delete a file " + how, s -> first.apply(s).unlink(to + "/file"));
    add("delete a directory " + how, s -> first.apply(s).rmdir(to + "/empty"));
    add("rename over a file " + how, s -> first.apply(s).file("x").rename("x", to + "/file"));
    add("rename a file away " + how, s -> first.apply(s).rename(to + "/file", "mine"));
    add("link a file " + how, s -> first.apply(s).link("mine", to + "/file").write("mine", "own"));
    add("make a directory " + how, s -> first.apply(s).directory(to + "/new"));
    add("make a device " + how, s -> first.apply(s).device(to + "/new", BLOCK, 0xfe00));
    add("make a link " + how, s -> first.apply(s).symlink(to + "/new", "/etc"));
    add("set an attribute " + how, s -> first.apply(s).attribute(to + "/file", "user.x", "y"));
    add("remove an attribute " + how, s -> first.apply(s).withoutAttribute(to + "/file", "user.a"));
    add("set the times " + how, s -> first.apply(s).times(to + "/file"));
    add(
        "clone into a file " + how,
        s -> first.apply(s).file("x").truncate("x", 4096).cloneFromItself("x", to + "/file"));
    add(
        "clone from a file " + how,
        s -> first.apply(s).file("x").truncate("x", 4096).cloneFromItself(to + "/file", "x"));
    whole("take another place " + how, s -> first.apply(s).subvolume(to + "/new"));
  }

  private void other() {
    add(
        "be a link to a file that is written",
        s -> s.symlink("l", absolute + "/file").write("l", "x"));
    add("be a link whose target is made", s -> s.symlink("l", absolute + "/new").write("l", "x"));
    add("leave files beside itself", s -> s.file("../beside").directory("../more"));
    add("leave a link beside itself", s -> s.symlink("../beside", absolute));
    add("hold devices", s -> s.device("sda", BLOCK, 0xfe00).device("mem", CHARACTER, 0x101));
    add("hold a program of root", s -> s.file("su").mode("su", 04755));
    add(
        "hold a capability",
        s -> s.file("x").attribute("x", "security.capability", "\1\0\0\2" + "\1\0\0\0".repeat(4)));
    add(
        "hold an overlay's redirect",
        s -> s.directory("d").attribute("d", "trusted.overlay.redirect", "/etc"));
    add("have a huge file", s -> s.file("x").truncate("x", Long.MAX_VALUE));
    add("have an unknown command", s -> s.unknown(99));
    add("have a command of 4 GB", s -> s.claiming(-1));
    add("have a long name", s -> s.file("x".repeat(5000)));
    add("have no name", s -> s.file(""));
    add("remove itself", s -> s.rmdir("../web"));
    add("move itself away", s -> s.rename("../web", "../other"));
    add("write to the kernel", s -> s.symlink("l", "/proc/sys/kernel").write("l/hostname", "x"));
    add("copy another subvolume's file", s -> s.file("x").cloneFrom(foreign, "secret", "x"));
    add("copy an imported file", s -> s.file("x").cloneFrom(SendStream.uuid(9), "secret", "x"));
    add(
        "copy a file from beside an imported one",
        s -> s.file("x").cloneFrom(SendStream.uuid(9), "../../canary/file", "x"));
    whole("start with an imported one", s -> s.snapshotOf(SendStream.uuid(9), "web"));
    whole("start with another subvolume", s -> s.snapshotOf(foreign, "web"));
    whole("hold two", s -> s.subvolume("a").file("x").subvolume("b"));
    whole("hold one in another", s -> s.subvolume("a").subvolume("a/b"));
    whole("be a link to another", s -> s.symlink("web", absolute + "/../foreign"));
    whole("be a directory", s -> s.directory("web"));
    whole("hold none", s -> s);
    whole("begin without a subvolume", s -> s.file("x"));
    whole("have a name with dots", s -> s.subvolume("../evil").file("x"));
    whole("have the name of a lock", s -> s.subvolume("../.lock-web"));
    cases.put("be empty", new byte[0]);
    cases.put(
        "be a text",
        "not a stream at all, but long enough for a header"
            .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  private void damage() {
    byte[] good =
        new SendStream()
            .subvolume("web")
            .file("a")
            .write("a", "content ".repeat(50))
            .directory("d")
            .symlink("l", absolute)
            .bytes();
    for (int cut = 1; cut <= 20; cut++) {
      cases.put("be cut off, " + cut, Arrays.copyOf(good, good.length * cut / 21));
    }
    Random random = new Random(13);
    for (int flip = 1; flip <= 40; flip++) {
      byte[] bad = good.clone();
      int at = random.nextInt(bad.length);
      bad[at] = (byte) (bad[at] ^ (1 << random.nextInt(8)));
      cases.put("have a bit flipped, " + flip + " at byte " + at, bad);
    }
  }

  private void add(String what, UnaryOperator<SendStream> commands) {
    whole(what, s -> commands.apply(s.subvolume("web")));
  }

  private void whole(String what, UnaryOperator<SendStream> commands) {
    cases.put(what, commands.apply(new SendStream()).bytes());
  }
}
