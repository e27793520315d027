package io.overc.docker.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.docker.engine.Labels;
import io.overc.event.OperationKind;
import io.overc.spi.BackendContainer;
import io.overc.spi.Instance;
import io.overc.spi.Intent;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@DisplayName("what is under way is read from names and labels")
class ContainerSummaryTest {
  private static final Intent REPLACE =
      Intent.replace(OperationKind.CONTAINER_ACTIVATE, true, true, Optional.empty());
  private static final Intent UPGRADE =
      Intent.inPlace(OperationKind.CONTAINER_UPGRADE, true, Optional.empty());

  private static final String OLD_ID = "0123456789ab";

  private final Map<String, ContainerSummary> all = new HashMap<>();

  private void add(String name, String state, String label, String value) {
    ObjectNode labels = JsonNodeFactory.instance.objectNode().put(label, value);
    if (!name.endsWith(".overc-old")) {
      labels.put(Labels.REPLACES, OLD_ID + "89ab");
    }
    String id = name.endsWith(".overc-old") ? OLD_ID : "other";
    all.put(name, new ContainerSummary(name, id, state, new Labels(name, labels)));
  }

  private void add(String name, String state, Intent intent) {
    add(name, state, Labels.INTENT, Labels.encode(intent.text()));
  }

  private BackendContainer web() {
    return ContainerSummary.combine("web", all);
  }

  private String intent() {
    return web().intent().map(Intent::text).orElse("none");
  }

  @Test
  @DisplayName("the intent of a replacement counts until the old container is gone")
  void replacement() {
    add("web.overc-new", "created", REPLACE);
    add("web", "running", UPGRADE);
    assertThat(intent()).isEqualTo(REPLACE.text());
    assertThat(web().fresh()).hasValueSatisfying(one -> assertThat(one.started()).isFalse());

    all.clear();
    add("web.overc-old", "exited", UPGRADE);
    add("web", "restarting", REPLACE);
    assertThat(intent()).isEqualTo(REPLACE.text());
    assertThat(web().current().map(Instance::active)).contains(true);
    assertThat(web().old().map(Instance::active)).contains(false);

    all.remove("web.overc-old");
    assertThat(web().pending()).isFalse();
  }

  @Test
  @DisplayName("a change in place counts as long as one of its two containers is there")
  void inPlace() {
    add("web", "paused", REPLACE);
    add("web.overc-next-intent", "created", REPLACE);
    assertThat(intent()).isEqualTo(REPLACE.text());
    add("web.overc-intent", "created", UPGRADE);
    assertThat(intent()).isEqualTo(UPGRADE.text());
    assertThat(web().current().map(Instance::state)).contains(Instance.State.FROZEN);
  }

  @Test
  @DisplayName("what the version before has left is a replacement, and starts the new container")
  void former() {
    add("web.overc-new", "created", Labels.WAS_ACTIVE, "true");
    add("web", "exited", Labels.TEMPLATE, "kit");
    Intent intent = web().intent().orElseThrow();
    assertThat(intent.type()).isEqualTo(Intent.Type.REPLACE);
    assertThat(intent.active()).isTrue();
    assertThat(intent.start()).isTrue();
    assertThat(web().current().flatMap(Instance::template)).contains("kit");

    add("web.overc-new", "created", Labels.WAS_ACTIVE, "false");
    assertThat(web().intent().map(Intent::active)).contains(false);
  }

  @Test
  @DisplayName("a damaged intent is unknown, and something is under way all the same")
  void damaged() {
    add("web", "running", REPLACE);
    add("web.overc-new", "created", Labels.INTENT, "%zz");
    assertThat(intent()).isEqualTo("none");
    assertThat(web().pending()).isTrue();
  }

  @Test
  @DisplayName("a container of somebody else by the name of a place is none of ours")
  void foreign() {
    add("web", "running", REPLACE);
    add("web.overc-new", "running", Labels.TEMPLATE, "x");
    add("web.overc-intent", "created", Labels.TEMPLATE, "x");
    String other = "ba9876543210";
    Labels none = new Labels("web.overc-old", JsonNodeFactory.instance.objectNode());
    all.put("web.overc-old", new ContainerSummary("web.overc-old", other, "running", none));
    assertThat(web().pending()).isFalse();
    for (String name : all.keySet()) {
      assertThat(ContainerSummary.isOurs(name, "web", all)).isEqualTo(name.equals("web"));
    }
  }

  @Test
  @DisplayName("names that belong to a container lead to it")
  void names() {
    assertThat(PlaceNames.all("web")).allMatch(name -> PlaceNames.container(name).equals("web"));
    assertThat(PlaceNames.container("web.overc-newer")).isEqualTo("web.overc-newer");
  }
}
