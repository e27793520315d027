package io.overc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.overc.error.ConfigException;
import io.overc.error.InvalidArgumentException;
import io.overc.error.NotFoundException;
import io.overc.error.RefusedException;
import io.overc.event.OperationOptions;
import io.overc.exec.CommandFailedException;
import io.overc.servicepack.BuildOptions;
import io.overc.servicepack.BuildPhase;
import io.overc.servicepack.BuildResult;
import io.overc.servicepack.PackScript;
import io.overc.servicepack.Secrets;
import io.overc.servicepack.ServicePack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Holds what a {@link io.overc.servicepack.ServicePackRunner} promises of builds and setups. */
public abstract class ServicePackBuildContract extends ServicePackRunnerBench {
  private static final BuildOptions PLAIN = BuildOptions.defaults();

  /** Makes a test. */
  protected ServicePackBuildContract() {}

  private SamplePack remembering() {
    return pack()
        .answer("secrets", "FIRST", "SECOND")
        .script(PackScript.BUILD, "(pwd; env) > /service/seen.$1")
        .script(PackScript.CLIENT, "cat /service/seen.$1");
  }

  @Test
  @DisplayName("the phase base gets no secrets, the phase setup gets them, both run in /service")
  void phases() {
    serve(remembering());
    assertThat(client("base")).startsWith("/service\n").doesNotContain("FIRST", "SECOND");
    assertThat(client("setup")).startsWith("/service\n").contains("FIRST=", "SECOND=");
  }

  @Test
  @DisplayName("the phase all does both at once and gets the secrets")
  void all() {
    SamplePack pack = remembering();
    BuildResult result =
        runner()
            .build(
                open(pack),
                image("instance"),
                BuildPhase.ALL,
                PLAIN,
                OperationOptions.of(events::add));
    runner().run(image("instance"), name("service"), OperationOptions.of(events::add));
    assertThat(client("all")).contains("FIRST=" + result.secrets().values().get("FIRST"));
  }

  @Test
  @DisplayName("the contents of the pack are at /service, with their permissions")
  void contents() {
    SamplePack pack =
        pack()
            .file("etc/some file", "content\n", "rw-r--r--")
            .file("etc/tool", "", "rwxr-xr-x")
            .script(PackScript.CLIENT, "cat 'etc/some file'; ls -l etc | cut -c 1-10");
    serve(pack);
    assertThat(client()).contains("content\n").contains("-rw-r--r--", "-rwxr-xr-x");
  }

  @Test
  @DisplayName("a base of the same contents is not built again, unless forced or changed")
  void caching() {
    SamplePack pack = pack();
    BuildResult first = build(pack);
    BuildResult second = build(pack);
    BuildResult other =
        runner()
            .build(
                open(pack),
                image("other"),
                BuildPhase.BASE,
                PLAIN,
                OperationOptions.of(events::add));
    BuildResult forced = build(pack, PLAIN.toBuilder().force(true).build());
    pack.file("etc/new", "", "rw-r--r--");
    BuildResult changed = build(pack);
    assertThat(List.of(first, second, other, forced, changed))
        .extracting(BuildResult::cached)
        .containsExactly(false, true, true, false, false);
    assertThat(second.imageId()).isEqualTo(first.imageId()).isEqualTo(other.imageId());
    assertThat(changed.imageId()).isNotEqualTo(first.imageId());
  }

  @Test
  @DisplayName("two setups of one base have different secrets, of 128 bits or more")
  void generatedSecrets() {
    SamplePack pack = remembering();
    build(pack);
    Map<String, String> one = setup(pack, "one", PLAIN).secrets().values();
    Map<String, String> two = setup(pack, "two", PLAIN).secrets().values();
    assertThat(one).containsOnlyKeys("FIRST", "SECOND");
    assertThat(one.values()).doesNotContainAnyElementsOf(two.values()).doesNotHaveDuplicates();
    assertThat(one.values()).allMatch(secret -> secret.matches("[!-~]{22,}"));
  }

  @Test
  @DisplayName("a supplied secret comes first, then the source, then the generator")
  void suppliedSecrets() {
    SamplePack pack = remembering();
    build(pack);
    BuildOptions options =
        PLAIN.toBuilder()
            .secrets(Secrets.of(Map.of("FIRST", "chosen $HOME 'x' \"y\"")))
            .secretSource((name, secret) -> Optional.of(name + " " + secret))
            .build();
    BuildResult result = setup(pack, "instance", options);
    runner().run(image("instance"), name("service"), OperationOptions.of(events::add));
    assertThat(result.environmentLines())
        .startsWith("FIRST=chosen $HOME 'x' \"y\"", "SECOND=pack SECOND");
    assertThat(client("setup")).contains("FIRST=chosen $HOME 'x' \"y\"", "SECOND=pack SECOND");
    assertThatThrownBy(
            () ->
                setup(
                    pack,
                    "no",
                    PLAIN.toBuilder().secrets(Secrets.of(Map.of("THIRD", "x"))).build()))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("THIRD");
  }

  @Test
  @DisplayName("a name that is taken is refused, and what has it stays")
  void takenNames() {
    SamplePack pack = remembering();
    build(pack);
    setup(pack, "instance", PLAIN);
    assertThatThrownBy(() -> setup(pack, "instance", PLAIN))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(image("instance").toString());
    ServicePack opened = open(pack);
    assertThatThrownBy(
            () ->
                runner()
                    .build(
                        opened,
                        image("instance"),
                        BuildPhase.BASE,
                        PLAIN,
                        OperationOptions.of(events::add)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("instance");
    assertThat(
            runner()
                .run(image("instance"), name("service"), OperationOptions.of(events::add))
                .name())
        .isEqualTo(name("service"));
  }

  @Test
  @DisplayName("a setup needs a base, and an instance is none")
  void wrongBases() {
    SamplePack pack = pack();
    ServicePack opened = open(pack);
    assertThatThrownBy(() -> setup(pack, "instance", PLAIN))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining(image("base").toString());
    runner().build(opened, image("base"), BuildPhase.ALL, PLAIN, OperationOptions.of(events::add));
    assertThatThrownBy(() -> setup(pack, "instance", PLAIN))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("an instance");
    assertThatThrownBy(
            () ->
                runner()
                    .build(
                        opened,
                        image("x"),
                        BuildPhase.SETUP,
                        PLAIN,
                        OperationOptions.of(events::add)))
        .isInstanceOf(InvalidArgumentException.class);
  }

  @Test
  @DisplayName("an unknown operating system is named, with what to configure")
  void unknownSystem() {
    SamplePack pack = pack().answer("os", "plan9/4");
    assertThatThrownBy(() -> build(pack))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("plan9/4");
  }

  @Test
  @DisplayName(
      "a build that fails says its exit code and the end of its output, and leaves nothing")
  void failingBuild() throws IOException {
    Path log = directory.resolve("build.log");
    SamplePack pack = pack().script(PackScript.BUILD, "echo on the way", "echo boom >&2; exit 7");
    assertThatThrownBy(() -> build(pack, PLAIN.toBuilder().log(log).build()))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("returned 7")
        .hasMessageContaining("boom");
    assertThat(Files.readString(log)).contains("on the way", "boom", "exit code 7");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log)))
        .isEqualTo("rw-------");
    assertThatThrownBy(() -> setup(pack, "instance", PLAIN)).isInstanceOf(NotFoundException.class);
    assertThat(runner().recover()).isEmpty();
  }

  @Test
  @DisplayName("a setup that fails and prints its secrets does not give them away")
  void failingSetup() throws IOException {
    Path log = directory.resolve("setup.log");
    SamplePack pack =
        pack()
            .answer("secrets", "HIDDEN")
            .script(
                PackScript.BUILD,
                "[ $1 = base ] && exit 0; echo \"it is $HIDDEN\"; echo \"<$HIDDEN>\" >&2; exit 3");
    build(pack);
    BuildOptions options =
        PLAIN.toBuilder().secrets(Secrets.of(Map.of("HIDDEN", "tell-nobody"))).log(log).build();
    CommandFailedException failure =
        catchThrowableOfType(CommandFailedException.class, () -> setup(pack, "instance", options));
    assertThat(everything(failure)).contains("returned 3").doesNotContain("tell-nobody");
    assertThat(failure.result().toString()).doesNotContain("tell-nobody");
    assertThat(Files.readString(log)).contains("it is ***").doesNotContain("tell-nobody");
    assertThat(events.toString()).contains("it is ***").doesNotContain("tell-nobody");
    assertThat(options.toString()).doesNotContain("tell-nobody");
    assertThat(runner().recover()).isEmpty();
  }
}
