package io.overc.docker.build;

import io.overc.docker.engine.Labels;
import io.overc.servicepack.BuildPhase;
import io.overc.servicepack.PackScript;
import io.overc.servicepack.PackVariable;
import io.overc.servicepack.ServicePack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says what the configuration of a new image holds, as changes that {@code commit} understands. */
final class ImageChanges {
  private ImageChanges() {}

  static List<String> of(ServicePack pack, BuildPhase phase, String contents, String digest) {
    Map<String, String> labels = new LinkedHashMap<>();
    boolean base = phase == BuildPhase.BASE;
    labels.put(Labels.MARK, "0");
    labels.put(Labels.ROLE, base ? "base" : "instance");
    labels.put(Labels.PACK, Labels.encode(pack.name()));
    labels.put(Labels.DIGEST, base ? digest : "");
    labels.put(Labels.CONTENTS, contents);
    labels.put(Labels.ENVIRONMENT, Labels.encode(lines(pack)));
    labels.put(Labels.PORTS, joined(pack.ports().stream()));
    labels.put(Labels.COMPONENTS, joined(pack.components().stream()));
    labels.put(Labels.SCRIPTS, joined(Stream.of(PackScript.values()).filter(pack::has)));
    if (!base) {
      labels.put(Labels.SECRETS, joined(pack.secrets().stream()));
      labels.put(Labels.NOTICE, "holds-the-secrets-of-one-instance");
    }
    List<String> changes = new ArrayList<>();
    labels.forEach((label, value) -> changes.add("LABEL " + label + "=" + value));
    pack.ports().forEach(port -> changes.add("EXPOSE " + port));
    changes.add("WORKDIR /service");
    changes.add("ENTRYPOINT [\"/service/bin/run\"]");
    changes.add("CMD []");
    return changes;
  }

  private static String lines(ServicePack pack) {
    return pack.environment().stream()
        .map(PackVariable::toString)
        .collect(Collectors.joining("\n"));
  }

  private static String joined(Stream<?> parts) {
    return parts.map(String::valueOf).collect(Collectors.joining(","));
  }
}
