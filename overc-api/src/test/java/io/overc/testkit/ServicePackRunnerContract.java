package io.overc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.InvalidArgumentException;
import io.overc.error.NotFoundException;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.event.OperationOptions;
import io.overc.servicepack.BuildOptions;
import io.overc.servicepack.ComponentStatus;
import io.overc.servicepack.PackScript;
import io.overc.servicepack.Port;
import io.overc.servicepack.ServiceState;
import io.overc.servicepack.ServiceStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds what {@link io.overc.servicepack.ServicePackRunner} promises: a backend whose test extends
 * this class and implements three methods is proven. What it promises of builds is inherited from
 * {@link ServicePackBuildContract}.
 */
public abstract class ServicePackRunnerContract extends ServicePackBuildContract {
  private final OperationOptions quiet = OperationOptions.defaults();

  /** Makes a test. */
  protected ServicePackRunnerContract() {}

  @Test
  @DisplayName("a service runs, stops, starts again, and is gone when it is removed")
  void life() {
    ServiceStatus running =
        serve(pack().answer("ports", "80", "53/udp").script(PackScript.CLIENT, "echo hello"));
    assertThat(running.state()).isEqualTo(ServiceState.RUNNING);
    assertThat(running.pack()).isEqualTo("pack");
    assertThat(running.image()).isEqualTo(image("instance").toString());
    assertThat(running.ports()).containsExactly(new Port(80, "tcp"), new Port(53, "udp"));
    assertThat(client()).isEqualTo("hello");

    runner().stop(name("service"), quiet);
    runner().stop(name("service"), quiet);
    assertThat(runner().status(name("service")).state()).isEqualTo(ServiceState.STOPPED);
    assertThatThrownBy(this::client)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("start the service");

    assertThat(runner().start(name("service"), quiet).state()).isEqualTo(ServiceState.RUNNING);
    assertThat(runner().start(name("service"), quiet).state()).isEqualTo(ServiceState.RUNNING);
    assertThat(client()).isEqualTo("hello");

    runner().remove(name("service"), quiet);
    assertThatThrownBy(() -> runner().status(name("service")))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> runner().remove(name("service"), quiet))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  @DisplayName("two services of one instance live beside each other, and the list shows both")
  void several() {
    serve(pack().script(PackScript.CLIENT, "echo $NAMED").answer("env", "NAMED=%NAME"));
    runner().run(image("instance"), name("another"), quiet);
    List<String> names = runner().list().stream().map(ServiceStatus::name).toList();
    assertThat(names).contains(name("another"), name("service")).isSorted();
    assertThat(client()).isEqualTo(name("service"));
    assertThatThrownBy(() -> runner().run(image("instance"), name("another"), quiet))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(name("another"));
    assertThat(runner().status(name("another")).state()).isEqualTo(ServiceState.RUNNING);
  }

  @Test
  @DisplayName("the variables of the pack are filled in while the service runs")
  void environment() {
    SamplePack pack =
        pack()
            .answer(
                "env",
                "# a comment",
                "",
                "HOST=%IP",
                "URL=http://%IP:80/?a=b&c=%d",
                "QUOTED=\"two  words\" 'and more' ",
                "EMPTY=",
                "SHARE=100% of %NAME",
                "ODD=%UNHEARD_OF and %IP")
            .script(PackScript.CLIENT, "printf '%s\\n' \"$URL\" \"$QUOTED\" \"$EMPTY\" \"$ODD\"");
    ServiceStatus status = serve(pack);
    String address = status.address().orElseThrow();
    assertThat(status.environment().lines())
        .containsExactly(
            "HOST=" + address,
            "URL=http://" + address + ":80/?a=b&c=%d",
            "QUOTED=\"two  words\" 'and more' ",
            "EMPTY=",
            "SHARE=100% of " + name("service"),
            "ODD=%UNHEARD_OF and " + address);
    assertThat(status.environment().unknownKeys()).containsExactly("%UNHEARD_OF");
    assertThat(client())
        .isEqualTo(
            "http://%1$s:80/?a=b&c=%%d\n\"two  words\" 'and more' \n\n%%UNHEARD_OF and %1$s"
                .formatted(address));
    runner().stop(name("service"), quiet);
    assertThat(runner().status(name("service")).environment().unknownKeys()).contains("%IP");
  }

  @Test
  @DisplayName("bin/run sees the variables too, with the address of this start")
  void environmentOfRun() {
    SamplePack pack =
        pack()
            .answer(
                "env", "URL=http://%IP:80/?q='%IP'", "TITLE=it's \"$HOME\" of %NAME", "ODD=%ODD")
            .script(
                PackScript.RUN,
                "printf '%s|' \"$URL\" \"$TITLE\" \"$ODD\" $# > /tmp/seen; exec sleep 100000")
            .script(PackScript.CLIENT, "cat /tmp/seen");
    ServiceStatus status = serve(pack);
    String seen = "http://%1$s:80/?q='%1$s'|it's \"$HOME\" of %2$s|%%ODD|0|";
    assertThat(client()).isEqualTo(seen.formatted(status.address().orElseThrow(), status.name()));
    runner().stop(name("service"), quiet);
    status = runner().start(name("service"), quiet);
    assertThat(client()).isEqualTo(seen.formatted(status.address().orElseThrow(), status.name()));
  }

  @Test
  @DisplayName("bin/run of a component finds the others by its variables, whoever starts first")
  void environmentOfComponents() {
    SamplePack pack =
        pack()
            .answer("components", "back", "front")
            .answer("env", "BACK=%IP{back}", "FRONT=%IP{front}", "FIRST=%IP")
            .file("word", "found", "rw-r--r--")
            .script(
                PackScript.RUN,
                "echo $BACK > /tmp/back; echo $FRONT > /tmp/front; echo $FIRST > /tmp/first",
                "exec httpd -f -p 8000 -h /service")
            .script(PackScript.CLIENT, "timeout 5 wget -q -O - http://$(cat /tmp/$1):8000/word");
    serve(pack);
    for (String component : List.of("back", "front")) {
      for (String variable : List.of("back", "front", "first")) {
        assertThat(
                runner()
                    .client(name("service") + "/" + component, List.of(variable))
                    .orThrow("ask " + component + " for " + variable)
                    .stdout())
            .isEqualTo("found");
      }
    }
  }

  @Test
  @DisplayName("each component has a container of its own and is told which it is")
  void components() {
    SamplePack pack =
        pack()
            .answer("components", "back", "front")
            .answer("env", "ALL=%IP{back},%IP{front}", "FIRST=%IP")
            .script(PackScript.CLIENT, "ps | grep -c 'slee[p]'; hostname; cat /tmp/who")
            .script(PackScript.RUN, "echo I am $1; echo $1 > /tmp/who; exec sleep 100000");
    ServiceStatus status = serve(pack);
    assertThat(status.components())
        .extracting(ComponentStatus::name)
        .containsExactly("back", "front");
    List<String> addresses =
        status.components().stream().map(c -> c.address().orElseThrow()).toList();
    assertThat(status.environment().lines())
        .containsExactly("ALL=" + String.join(",", addresses), "FIRST=" + addresses.get(0));
    assertThat(client()).endsWith("back");
    assertThat(runner().client(name("service") + "/front", List.of()).stdout()).endsWith("front\n");
    assertThat(runner().logs(name("service") + "/front", 5)).contains("I am front");
    assertThatThrownBy(() -> runner().client(name("service") + "/side", List.of()))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("front");
  }

  @Test
  @DisplayName("a component that fails is named with the end of its log, and nothing is left")
  void failingComponent() {
    SamplePack pack =
        pack()
            .answer("components", "good", "bad")
            .script(
                PackScript.RUN,
                "[ $1 = good ] && exec sleep 100000",
                "echo the disk is missing >&2; exit 4");
    assertThatThrownBy(() -> serve(pack))
        .isInstanceOf(OvercException.class)
        .hasMessageContaining("'bad'")
        .hasMessageContaining("the disk is missing");
    assertThatThrownBy(() -> runner().status(name("service")))
        .isInstanceOf(NotFoundException.class);
    assertThat(runner().recover()).isEmpty();
  }

  @Test
  @DisplayName("extra passes its arguments as they stand, and its exit code comes back")
  void extra() {
    serve(pack().script(PackScript.EXTRA, "for a; do printf '[%s]' \"$a\"; done; exit 9"));
    List<String> odd = List.of("a b", " c ", "", "*", "$HOME", "it's", "\"q\"", "--help", "x\ny");
    assertThat(runner().extra(name("service"), odd))
        .satisfies(result -> assertThat(result.exitCode()).isEqualTo(9))
        .satisfies(
            result ->
                assertThat(result.stdout())
                    .isEqualTo("[a b][ c ][][*][$HOME][it's][\"q\"][--help][x\ny]"));
  }

  @Test
  @DisplayName("a backup is what the script prints, and a new instance can start from it")
  void backup() throws IOException {
    SamplePack pack =
        pack()
            .script(PackScript.BUILD, "[ -z \"$BACKUP\" ] || cp \"$BACKUP\" /service/restored")
            .script(PackScript.BACKUP, "printf 'a\\000b\\377'; echo progress >&2")
            .script(PackScript.CLIENT, "cat /service/restored | wc -c; ls -A /service");
    serve(pack);
    Path file = directory.resolve("backup");
    runner().backup(name("service"), file, quiet);
    assertThat(Files.readAllBytes(file)).containsExactly('a', 0, 'b', 0xff);
    assertThatThrownBy(() -> runner().backup(name("service"), file, quiet))
        .isInstanceOf(RefusedException.class);
    setup(pack, "second", BuildOptions.builder().backup(file).build());
    runner().remove(name("service"), quiet);
    runner().run(image("second"), name("service"), quiet);
    assertThat(client().lines().map(String::strip))
        .containsExactlyInAnyOrder("4", "bin", "restored");
  }

  @Test
  @DisplayName("a backup that fails leaves no file")
  void failingBackup() throws IOException {
    serve(pack().script(PackScript.BACKUP, "echo half; echo no room >&2; exit 1"));
    Path file = directory.resolve("backup");
    assertThatThrownBy(() -> runner().backup(name("service"), file, quiet))
        .hasMessageContaining("no room");
    try (var left = Files.list(directory)) {
      assertThat(left.map(path -> path.getFileName().toString())).containsExactly("pack");
    }
  }

  @Test
  @DisplayName("a script that the pack does not have is not looked for")
  void missingScripts() {
    serve(pack());
    assertThatThrownBy(this::client)
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("bin/client");
    assertThatThrownBy(() -> runner().extra(name("service"), List.of("help")))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("bin/extra");
  }

  @Test
  @DisplayName("only an instance can be run")
  void onlyInstances() {
    build(pack());
    assertThatThrownBy(() -> runner().run(image("base"), name("service"), quiet))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("a base");
    assertThatThrownBy(() -> runner().run(image("absent"), name("service"), quiet))
        .isInstanceOf(NotFoundException.class);
  }

  @ParameterizedTest(name = "''{0}''")
  @ValueSource(strings = {"", "x", "-x", ".hidden", "a b", "a;b", "../up", "ü1"})
  @DisplayName("what is no name of a service is refused with what is allowed")
  void badNames(String name) {
    assertThatThrownBy(() -> runner().status(name))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("letters");
  }
}
