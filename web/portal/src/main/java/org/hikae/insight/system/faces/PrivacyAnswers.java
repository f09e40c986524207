package org.hikae.insight.system.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;

/**
 * The page "What IT can and cannot see". Its English sentences are those of docs/threat-model.md; a
 * test compares them.
 */
@Named
@RequestScoped
public class PrivacyAnswers {

  /** More entries than any list of the bundle has. */
  private static final int MAX_ENTRIES = 50;

  /**
   * A question and its plain answer.
   *
   * @param question as an employee asks it
   * @param answer without technical terms
   */
  public record Answer(String question, String answer) {}

  /** What IT sees. */
  public List<String> getVisible() {
    return numbered("sees.");
  }

  /** What IT never sees. */
  public List<String> getHidden() {
    return numbered("hidden.");
  }

  /** All questions in the order of the threat model. */
  public List<Answer> getQuestions() {
    List<String> questions = numbered("question.");
    List<String> answers = numbered("answer.");
    List<Answer> pairs = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      pairs.add(new Answer(questions.get(i), answers.get(i)));
    }
    return pairs;
  }

  private static List<String> numbered(String prefix) {
    FacesContext faces = FacesContext.getCurrentInstance();
    ResourceBundle bundle = faces.getApplication().getResourceBundle(faces, "ans");
    List<String> texts = new ArrayList<>();
    for (int i = 1; i < MAX_ENTRIES && bundle.containsKey(prefix + i); i++) {
      texts.add(bundle.getString(prefix + i));
    }
    return texts;
  }
}
