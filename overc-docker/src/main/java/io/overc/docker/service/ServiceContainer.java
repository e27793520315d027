package io.overc.docker.service;

import io.overc.docker.engine.Labels;
import io.overc.docker.engine.Owner;
import io.overc.docker.engine.PackImage;
import io.overc.servicepack.ComponentStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds what the engine says of one container of ours.
 *
 * @param pack what the labels of its image say
 * @param name its name
 * @param image the name of its image
 * @param state what the engine calls its state
 * @param running whether it runs and is not being restarted
 * @param restarts how often it was restarted
 * @param exitCode what its program returned
 * @param address its address, or empty
 * @param service the service it belongs to; empty for a container of a build
 * @param component the component it is; empty for a service that is one
 * @param owner who made it: the operation
 * @param work whether it is a container of a build
 */
record ServiceContainer(
    PackImage pack,
    String name,
    String image,
    String state,
    boolean running,
    int restarts,
    int exitCode,
    Optional<String> address,
    String service,
    String component,
    String owner,
    boolean work) {

  /** Prints what {@link #of} reads: the fields of the image, then those of the container. */
  static final String TEMPLATE =
      PackImage.TEMPLATE
          + Stream.of(
                  "{{.Name}}",
                  Labels.print(Labels.IMAGE),
                  "{{.State.Status}}",
                  "{{.State.Running}}",
                  "{{.State.Restarting}}",
                  "{{.RestartCount}}",
                  "{{.State.ExitCode}}",
                  "{{range $name, $network := .NetworkSettings.Networks}}{{$network.IPAddress}} {{end}}",
                  Labels.print(Labels.SERVICE),
                  Labels.print(Labels.COMPONENT),
                  Labels.print(Labels.OWNER),
                  Labels.print(Labels.WORK),
                  ".")
              .collect(Collectors.joining("\t", "\t", ""));

  private static final int FIELDS = PackImage.FIELDS + 13;

  /** Reads a line; a line of another form (a label somebody else set) is empty. */
  static Optional<ServiceContainer> of(String line) {
    List<String> all = PackImage.fields(line);
    if (all.size() != FIELDS) {
      return Optional.empty();
    }
    List<String> own = all.subList(PackImage.FIELDS, FIELDS);
    boolean steady = own.get(3).equals("true") && !own.get(4).equals("true");
    String work = own.get(11);
    return Optional.of(
        new ServiceContainer(
            PackImage.of(all),
            own.get(0).startsWith("/") ? own.get(0).substring(1) : own.get(0),
            own.get(1),
            own.get(2),
            steady,
            Integer.parseInt(own.get(5)),
            Integer.parseInt(own.get(6)),
            Stream.of(own.get(7).split(" ")).filter(address -> !address.isEmpty()).findFirst(),
            own.get(8),
            own.get(9),
            work.isEmpty() ? own.get(10) : work,
            !work.isEmpty()));
  }

  /** Returns what names this container and no later one. */
  String id() {
    return pack.id().replace("sha256:", "");
  }

  /** Tells whether it was made, but never started, by somebody who is gone. */
  boolean neverStarted() {
    return state.equals("created") && !owner.isEmpty() && Owner.ended(owner);
  }

  boolean leftoverOfBuild() {
    return work && Owner.leftover(state, owner);
  }

  ComponentStatus status() {
    return new ComponentStatus(
        /* name= */ component, /* container= */ name, state, running, address, restarts);
  }
}
