package org.hikae.device.exclude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.hikae.device.files.RawPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExcludeRulesTest {

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether a path, which ends with a slash when it is a directory, or one above is left out. */
  private static boolean leftOut(DirectoryExcludes top, RawPath path, boolean directory) {
    DirectoryExcludes directoryExcludes = top;
    for (int i = 0; i < path.depth(); i++) {
      boolean last = i == path.depth() - 1;
      if (directoryExcludes.leavesOut(path.name(i), !last || directory)) {
        return true;
      }
      directoryExcludes = directoryExcludes.enter(path.name(i));
    }
    return false;
  }

  private static boolean leftOut(DirectoryExcludes top, String path) {
    return leftOut(top, RawPath.of(path), path.endsWith("/"));
  }

  /** The column was compared with {@code git check-ignore} in a repository with such a file. */
  @ParameterizedTest
  @CsvSource({
    "*.tmp, /a.tmp, true",
    "*.tmp, /d/a.tmp, true",
    "*.tmp, /a.tmpx, false",
    "*.tmp, /d.tmp/x, true",
    "/a, /a, true",
    "/a, /d/a, false",
    "a/b, /a/b, true",
    "a/b, /d/a/b, false",
    "a/, /a, false",
    "a/, /a/, true",
    "a/, /d/a/x, true",
    "**/a, /a, true",
    "**/a, /d/e/a, true",
    "**/a/b, /d/a/b, true",
    "a/**, /a, false",
    "a/**, /a/x/y, true",
    "a/**/b, /a/b, true",
    "a/**/b, /a/x/y/b, true",
    "a/**/b, /b, false",
    "a/**/b/**/c, /a/b/b/x/c, true",
    "a**b, /axxb, true",
    "a**b, /a/b, false",
    "a/*/c, /a/b/c, true",
    "a/*/c, /a/b/b/c, false",
    "**, /x/y, true",
    "a?c, /abc, true",
    "a?c, /ac, false",
    "[a-c]x, /bx, true",
    "[a-c]x, /dx, false",
    "[!a-c]x, /dx, true",
    "[^a-c]x, /ax, false",
    "[]x]y, /]y, true",
    "[a-]y, /-y, true",
    "'[\\]]y', /]y, true",
    "\\*, /*, true",
    "\\*, /x, false",
    "\\#x, /#x, true",
    "\\!x, /!x, true",
    "#x, /#x, false",
    "'x  ', /x, true",
    "'x\\ ', '/x ', true"
  })
  void lines_of_an_ignore_file_match_as_for_git(String line, String path, boolean expected)
      throws Exception {
    List<ExcludeRule> rules = PatternFile.parse(bytes(line + "\n"), ExcludeRule.PatternAnchor.HERE);
    DirectoryExcludes directoryExcludes = DirectoryExcludes.top(List.of(), List.of()).with(rules);
    assertThat(leftOut(directoryExcludes, path)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "/home/*/cache, /home/me/cache, true",
    "/home/*/cache, /home/me/deep/cache, false",
    "/home/**/cache, /home/me/deep/cache, true",
    "/home/**, /home/me, true",
    "/home/**/x/*/y, /home/a/x/b/x/c/y, true",
    "/home/**/x/*/y, /home/a/x/b/c/y, false",
    "/a?b, /a/b, false",
    "cache/old, /home/me/cache/old, true",
    "cache/old/, /home/me/cache/old, false",
    "a*b*c, /axxbyyc, true",
    "a*b*c, /axxbyy, false",
    "[x, '/d/[x', true"
  })
  void patterns_of_the_command_line_begin_at_the_root_or_anywhere(
      String pattern, String path, boolean expected) throws Exception {
    DirectoryExcludes directoryExcludes =
        new ExcludeRules.Builder().exclude(bytes(pattern)).build().top();
    assertThat(leftOut(directoryExcludes, path)).isEqualTo(expected);
  }

  @Test
  void the_last_pattern_that_matches_decides() throws Exception {
    DirectoryExcludes file =
        DirectoryExcludes.top(List.of(), List.of())
            .with(
                PatternFile.parse(
                    bytes("*.log\n!keep.log\r\n\n# x\n"), ExcludeRule.PatternAnchor.HERE));
    assertThat(leftOut(file, "/a.log")).isTrue();
    assertThat(leftOut(file, "/d/keep.log")).isFalse();
    RawPath home = RawPath.of("/home/me");
    ExcludeRules all =
        new ExcludeRules.Builder()
            .defaults(home)
            .include(bytes("important.*"))
            .include(bytes("/home/me/.cache/"))
            .include(bytes("state"))
            .exclude(bytes("*.iso"))
            .own(RawPath.of("/home/me/state"))
            .build();
    DirectoryExcludes top = all.top();
    assertThat(leftOut(top, "/x/a.iso")).isTrue();
    assertThat(leftOut(top, "/x/important.iso")).as("includes win").isFalse();
    assertThat(leftOut(top, "/home/me/.cache/x")).isFalse();
    assertThat(leftOut(top, "/home/you/.cache/x")).isTrue();
    assertThat(leftOut(top, "/home/me/state/")).as("the agent's own state").isTrue();
    assertThat(leftOut(top, "/home/me/other/state")).isFalse();
    DirectoryExcludes inside =
        top.with(PatternFile.parse(bytes("!*.iso\n*.txt\n"), ExcludeRule.PatternAnchor.HERE));
    assertThat(leftOut(inside, "/a.iso")).as("the command line wins over ignore files").isTrue();
    assertThat(leftOut(inside, "/important.txt")).isFalse();
    assertThat(leftOut(inside, "/a.txt")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/home/me/.cache/x",
        "/srv/me/.cache/x",
        "/home/me/.local/share/Trash/files/x",
        "/media/disk/.Trash-1000/files/x",
        "/media/disk/.Trash/1000/x",
        "/home/me/.config/Code/Code Cache/x",
        "/home/me/.config/chromium/GPUCache/x",
        "/home/me/.var/app/org.x.Y/cache/x",
        "/home/me/snap/firefox/common/.cache/x"
      })
  void caches_and_trash_are_left_out_by_default(String path) {
    DirectoryExcludes top =
        new ExcludeRules.Builder().defaults(RawPath.of("/srv/me")).build().top();
    assertThat(leftOut(top, path)).isTrue();
    assertThat(leftOut(top, path.replaceAll("[cC]ache|Trash", "Kept"))).isFalse();
    assertThat(leftOut(ExcludeRules.NONE.top(), path)).isFalse();
  }

  @Test
  void names_are_bytes() throws Exception {
    byte[] raw = HexFormat.of().parseHex("ff2aff");
    DirectoryExcludes directoryExcludes =
        new ExcludeRules.Builder().exclude(HexFormat.of().parseHex("ff5c2aff")).build().top();
    assertThat(directoryExcludes.leavesOut(raw, false)).isTrue();
    assertThat(directoryExcludes.leavesOut(HexFormat.of().parseHex("ff00ff"), false)).isFalse();
    DirectoryExcludes set =
        new ExcludeRules.Builder().exclude(HexFormat.of().parseHex("5b802dff5d")).build().top();
    assertThat(set.leavesOut(HexFormat.of().parseHex("c3"), false)).isTrue();
    assertThat(set.leavesOut(HexFormat.of().parseHex("43"), false)).isFalse();
    DirectoryExcludes own = new ExcludeRules.Builder().own(RawPath.of("/a*/[b]")).build().top();
    assertThat(leftOut(own, "/a*/[b]")).as("taken as it is").isTrue();
    assertThat(leftOut(own, "/ax/b")).isFalse();
  }

  @Test
  void what_is_no_pattern_is_refused() {
    ExcludeRules.Builder builder = new ExcludeRules.Builder();
    for (String bad : List.of("", "/", "//", "a\0b", "x".repeat(5000), "a/".repeat(65))) {
      assertThatThrownBy(() -> builder.exclude(bytes(bad)))
          .as(bad)
          .isInstanceOf(InvalidPatternException.class);
    }
    assertThatThrownBy(() -> PatternFile.parse(bytes("a\nb\0\n"), ExcludeRule.PatternAnchor.HERE))
        .isInstanceOf(InvalidPatternException.class)
        .hasMessage("line 2: a zero byte in it");
    assertThatThrownBy(
            () -> PatternFile.parse(bytes("#\n".repeat(1001)), ExcludeRule.PatternAnchor.HERE))
        .hasMessage("more than 1000 lines");
    assertThatThrownBy(
            () -> {
              for (int i = 0; i <= ExcludeRules.MAX_PATTERNS; i++) {
                builder.exclude(bytes("p" + i));
              }
            })
        .isInstanceOf(InvalidPatternException.class);
  }

  @Test
  void no_pattern_takes_long() throws Exception {
    byte[] name = new byte[255];
    Arrays.fill(name, (byte) 'a');
    DirectoryExcludes directoryExcludes =
        new ExcludeRules.Builder()
            .exclude(bytes("a*".repeat(1000) + "b"))
            .exclude(bytes("/" + "**/a*/".repeat(30) + "b"))
            .build()
            .top();
    for (int depth = 0; depth < 500; depth++) {
      assertThat(directoryExcludes.leavesOut(name, true)).isFalse();
      directoryExcludes = directoryExcludes.enter(name);
    }
  }
}
