package io.overc.docker.engine;

import io.overc.error.InvalidArgumentException;
import io.overc.error.VerificationException;
import io.overc.internal.linux.Printable;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The labels of an image, a container or a network. Values that a pack or a person chooses are
 * URL-encoded: so they hold no blank, quote, dollar sign or line end, whatever reads them.
 *
 * <p>Anybody who may use the engine can set any label. So each is read only when it is asked for:
 * one that is damaged fails what needs it, and nothing else.
 *
 * @param holder what has them, for messages
 * @param json an object, or nothing
 */
public record Labels(String holder, JsonNode json) {
  /** On every image of a pack, and so on every container of one; the version of the pack. */
  public static final String MARK = "io.overc.servicepack";

  /** {@code base} or {@code instance}. */
  public static final String ROLE = MARK + ".role";

  public static final String PACK = MARK + ".pack";

  /** What a base was built from: the contents of the pack and the image below. */
  public static final String DIGEST = MARK + ".digest";

  public static final String CONTENTS = MARK + ".contents";

  /** The variables of the pack, one a line. */
  public static final String ENVIRONMENT = MARK + ".environment";

  /** The ports, divided by commas. */
  public static final String PORTS = MARK + ".ports";

  /** The components, divided by commas. */
  public static final String COMPONENTS = MARK + ".components";

  /** The optional scripts the pack has, divided by commas. */
  public static final String SCRIPTS = MARK + ".scripts";

  /** The names of the secrets an instance holds, divided by commas. */
  public static final String SECRETS = MARK + ".secrets";

  /** On an instance, for people. */
  public static final String NOTICE = MARK + ".notice";

  /** On the container of a build: who runs it. Empty on what was built from it. */
  public static final String WORK = "io.overc.work";

  /** What the name of the container of a build begins with. */
  public static final String WORK_NAME = "overc-work-";

  /** On the containers and the network of a service: its name. */
  public static final String SERVICE = "io.overc.service";

  /** On the containers of a service: the name of its image, as it was given. */
  public static final String IMAGE = "io.overc.image";

  /** On the container of a component: its name. */
  public static final String COMPONENT = "io.overc.component";

  /** On the containers and the network of a service: who made it. */
  public static final String OWNER = "io.overc.owner";

  /** On a container: the template it was activated from. */
  public static final String TEMPLATE = "io.overc.template";

  /** On a container that is to replace another one, or beside one that is changed: what is done. */
  public static final String INTENT = "io.overc.intent";

  /** On a container that replaces another one: the id of that one. */
  public static final String REPLACES = "io.overc.replaces";

  /** What was there before {@link #INTENT}: whether the replaced container ran. */
  public static final String WAS_ACTIVE = "io.overc.was-active";

  /** Returns the names of all labels, ours and others. */
  public Stream<String> names() {
    return json.properties().stream().map(Map.Entry::getKey);
  }

  /** Returns the text of a label, fit to be shown; empty if it is not there. */
  public String text(String label) {
    return Printable.line(json.path(label).asString(""));
  }

  /** Reads what {@link #encode} wrote; nothing in it acts on a terminal. */
  public String decoded(String label) {
    return read(label, text -> Printable.text(URLDecoder.decode(text, StandardCharsets.UTF_8)));
  }

  /** Returns the parts of a label, which are divided by commas. */
  public List<String> list(String label) {
    return Stream.of(text(label).split(",")).filter(part -> !part.isEmpty()).toList();
  }

  /**
   * Reads a label.
   *
   * @throws VerificationException if the reader does not understand it
   */
  public <T> T read(String label, Function<String, T> reader) {
    try {
      return reader.apply(text(label));
    } catch (IllegalArgumentException | DateTimeException | InvalidArgumentException e) {
      throw new VerificationException(
          "The label %s of %s cannot be read: %s".formatted(label, holder, e.getMessage()));
    }
  }

  /** Writes a text so that it can be the value of a label. */
  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
