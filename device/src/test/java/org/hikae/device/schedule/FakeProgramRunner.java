package org.hikae.device.schedule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Programs that answer as told; those that were never told are not installed. */
public final class FakeProgramRunner implements ProgramRunner {

  private final Map<String, ProgramResult> answers = new LinkedHashMap<>();
  private final List<List<String>> commands = new CopyOnWriteArrayList<>();

  /** What a command line that begins so answers; the last one told counts. */
  public FakeProgramRunner answer(String beginning, int exit, String out) {
    answers.put(beginning, new ProgramResult(exit, out));
    return this;
  }

  /** The command lines so far. */
  public List<List<String>> commands() {
    return commands;
  }

  @Override
  public Optional<ProgramResult> run(List<String> command) {
    commands.add(command);
    String line = String.join(" ", command);
    return answers.entrySet().stream()
        .filter(answer -> line.startsWith(answer.getKey()))
        .map(Map.Entry::getValue)
        .reduce((earlier, later) -> later);
  }
}
