package org.hikae.problem.faces;

import jakarta.faces.context.ExceptionHandler;
import jakarta.faces.context.ExceptionHandlerFactory;

/** Lets {@link AwayHandler} look first at what fails in a page. */
public class AwayHandlerFactory extends ExceptionHandlerFactory {

  /** What handles all other failures. */
  public AwayHandlerFactory(ExceptionHandlerFactory others) {
    super(others);
  }

  @Override
  public ExceptionHandler getExceptionHandler() {
    return new AwayHandler(getWrapped().getExceptionHandler());
  }
}
