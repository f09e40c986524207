import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Replacements of characters of one file. */
final class FileEdits {

  private record Edit(int end, String text) {}

  private final TreeMap<Integer, Edit> edits = new TreeMap<>();
  private final TreeMap<Integer, String> insertions = new TreeMap<>();

  /** The same place may be edited twice in the same way: a record's component stands for three. */
  void replace(int start, int end, String text) {
    Edit edit = new Edit(end, text);
    Edit other = edits.putIfAbsent(start, edit);
    if (other != null && !other.equals(edit)) {
      throw new IllegalStateException(other + " and " + edit + " at " + start);
    }
  }

  /** Puts a text in front of a place, whatever is replaced there. */
  void insert(int start, String text) {
    insertions.put(start, text);
  }

  boolean touches(int start, int end) {
    Map.Entry<Integer, Edit> before = edits.lowerEntry(end);
    return before != null && (before.getValue().end() > start || before.getKey() >= start);
  }

  String apply(String old) {
    TreeSet<Integer> places = new TreeSet<>(edits.keySet());
    places.addAll(insertions.keySet());
    StringBuilder text = new StringBuilder();
    int from = 0;
    for (int place : places) {
      if (place < from) {
        throw new IllegalStateException("Edits overlap at " + place + ": " + edits.get(place));
      }
      text.append(old, from, place).append(insertions.getOrDefault(place, ""));
      Edit edit = edits.getOrDefault(place, new Edit(place, ""));
      text.append(edit.text());
      from = edit.end();
    }
    return text.append(old, from, old.length()).toString();
  }
}
