package io.overc.servicepack;

import io.overc.error.InvalidArgumentException;
import io.overc.error.VerificationException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Asks a pack every question once and checks the answers. */
final class PackAnswers {
  static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern OS = Pattern.compile("[a-z][a-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final Pattern COMPONENT = Pattern.compile("[a-z0-9][a-z0-9-]{0,40}");

  private final String pack;
  private final Function<String, PackQuery.Answer> ask;

  PackAnswers(String pack, Function<String, PackQuery.Answer> ask) {
    this.pack = pack;
    this.ask = ask;
  }

  /** Packs of version 0 know nothing of versions: most do not even answer. */
  void checkVersion() {
    String version = optional("version").strip();
    if (!version.isEmpty() && !version.equals("0")) {
      throw wrong("version", "'" + version + "'; this library knows packs of version 0 only");
    }
  }

  String os() {
    List<String> answer = lines(required("os"));
    if (answer.size() != 1 || !OS.matcher(answer.get(0)).matches()) {
      throw wrong("os", answer + "; expected one line such as ubuntu/22.04");
    }
    return answer.get(0);
  }

  List<String> secrets() {
    return names("secrets", lines(required("secrets")), VARIABLE, "an environment variable");
  }

  List<String> components() {
    return names("components", lines(optional("components")), COMPONENT, "a host");
  }

  List<Port> ports() {
    try {
      return lines(optional("ports")).stream().map(Port::parse).distinct().toList();
    } catch (InvalidArgumentException e) {
      throw wrong("ports", "an invalid line: " + e.getMessage());
    }
  }

  List<PackVariable> environment() {
    List<PackVariable> variables = new ArrayList<>();
    for (String line : lines(required("env"))) {
      int equals = line.indexOf('=');
      String name = line.substring(0, Math.max(0, equals));
      if (!VARIABLE.matcher(name).matches()) {
        throw wrong("env", "the line '" + line + "'; expected NAME=VALUE or a comment");
      }
      variables.add(new PackVariable(name, line.substring(equals + 1)));
    }
    List<String> names = variables.stream().map(PackVariable::name).toList();
    names("env", names, VARIABLE, "an environment variable");
    return List.copyOf(variables);
  }

  private List<String> names(String question, List<String> names, Pattern form, String what) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!form.matcher(name).matches()) {
        throw wrong(question, "'" + name + "', which cannot be the name of " + what);
      }
      if (!seen.add(name)) {
        throw wrong(question, "'" + name + "' twice");
      }
    }
    return names;
  }

  private String required(String question) {
    return succeeded(question, checked(question));
  }

  // A pack that does not know a question that came later may fail, if it prints nothing.
  private String optional(String question) {
    PackQuery.Answer answer = checked(question);
    return answer.exitCode() != 0 && answer.stdout().isBlank() ? "" : succeeded(question, answer);
  }

  private String succeeded(String question, PackQuery.Answer answer) {
    if (answer.exitCode() != 0) {
      throw wrong(question, "exit code " + answer.exitCode() + ": " + complaint(answer));
    }
    return answer.stdout();
  }

  private PackQuery.Answer checked(String question) {
    PackQuery.Answer answer = ask.apply(question);
    if (answer.stdout().length() > PackQuery.Answer.LIMIT) {
      throw wrong(question, "more than " + PackQuery.Answer.LIMIT / 1024 + " KiB");
    }
    return answer;
  }

  private VerificationException wrong(String question, String what) {
    return new VerificationException(
        "The service pack %s cannot be used: 'bin/query %s' answered %s"
            .formatted(pack, question, what));
  }

  private static List<String> lines(String answer) {
    return answer
        .lines()
        .map(line -> line.endsWith("\r") ? line.substring(0, line.length() - 1) : line)
        .map(String::stripLeading)
        .map(line -> line.indexOf('=') < 0 ? line.stripTrailing() : line)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }

  private static String complaint(PackQuery.Answer answer) {
    String text = (answer.stderr().isBlank() ? answer.stdout() : answer.stderr()).strip();
    return text.isEmpty() ? "it printed nothing" : text.substring(Math.max(0, text.length() - 500));
  }
}
