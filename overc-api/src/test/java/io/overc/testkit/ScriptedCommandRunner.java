package io.overc.testkit;

import io.overc.exec.Command;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.exec.RunningCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Plays the part of the tools: answers commands as scripted and remembers them.
 *
 * <p>A script is a regular expression over the command line (its words joined by blanks) and an
 * answer; the script added last wins. A command that no script matches fails the test. Output goes
 * where the real runner sends it: secrets replaced, line by line to the command's consumer, into
 * its output file.
 */
public final class ScriptedCommandRunner implements CommandRunner {
  private final Map<Pattern, Function<Command, CommandResult>> scripts = new LinkedHashMap<>();
  private final List<Command> commands = new ArrayList<>();

  /**
   * Answers with standard output and exit code 0.
   *
   * @param pattern a regular expression that the whole command line matches
   * @param stdout the answer
   * @return this
   */
  public ScriptedCommandRunner answer(String pattern, String stdout) {
    return answer(pattern, command -> result(command, 0, stdout, ""));
  }

  /**
   * Answers with an exit code and standard error.
   *
   * @param pattern a regular expression that the whole command line matches
   * @param exitCode the exit code
   * @param stderr what the tool complains of
   * @return this
   */
  public ScriptedCommandRunner fail(String pattern, int exitCode, String stderr) {
    return answer(pattern, command -> result(command, exitCode, "", stderr));
  }

  /**
   * Answers with whatever a function makes of the command.
   *
   * @param pattern a regular expression that the whole command line matches
   * @param answer makes the result
   * @return this
   */
  public synchronized ScriptedCommandRunner answer(
      String pattern, Function<Command, CommandResult> answer) {
    scripts.put(Pattern.compile(pattern, Pattern.DOTALL), answer);
    return this;
  }

  /**
   * Makes a result.
   *
   * @param command what ran
   * @param exitCode its exit code
   * @param stdout its standard output
   * @param stderr its standard error
   * @return the result
   */
  public static CommandResult result(Command command, int exitCode, String stdout, String stderr) {
    return new CommandResult(command, exitCode, stdout, stderr, Duration.ZERO);
  }

  /**
   * Returns the command lines that were run.
   *
   * @return each command's words joined by blanks, in order
   */
  public synchronized List<String> lines() {
    return commands.stream().map(ScriptedCommandRunner::line).toList();
  }

  /**
   * Returns the commands that were run.
   *
   * @return in order
   */
  public synchronized List<Command> commands() {
    return List.copyOf(commands);
  }

  @Override
  public CommandResult run(Command command) {
    return ScriptedOutput.deliver(command, script(command).apply(command));
  }

  @Override
  public RunningCommand start(Command command) {
    CommandResult result = script(command).apply(command);
    return new ScriptedRunningCommand(result.exitCode() == 0);
  }

  private synchronized Function<Command, CommandResult> script(Command command) {
    commands.add(command);
    String line = line(command);
    Function<Command, CommandResult> found = null;
    for (Map.Entry<Pattern, Function<Command, CommandResult>> script : scripts.entrySet()) {
      if (script.getKey().matcher(line).matches()) {
        found = script.getValue();
      }
    }
    if (found == null) {
      throw new AssertionError("No script for the command: " + line);
    }
    return found;
  }

  private static String line(Command command) {
    return String.join(" ", command.arguments());
  }

  private static final class ScriptedRunningCommand implements RunningCommand {
    private boolean alive;

    ScriptedRunningCommand(boolean alive) {
      this.alive = alive;
    }

    @Override
    public long pid() {
      return ProcessHandle.current().pid();
    }

    @Override
    public boolean alive() {
      return alive;
    }

    @Override
    public void close() {
      alive = false;
    }
  }
}
