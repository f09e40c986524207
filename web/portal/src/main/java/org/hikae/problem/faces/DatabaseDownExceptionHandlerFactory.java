package org.hikae.problem.faces;

import jakarta.faces.context.ExceptionHandler;
import jakarta.faces.context.ExceptionHandlerFactory;

/** Lets {@link DatabaseDownExceptionHandler} look first at what fails in a page. */
public class DatabaseDownExceptionHandlerFactory extends ExceptionHandlerFactory {

  /** What handles all other failures. */
  public DatabaseDownExceptionHandlerFactory(ExceptionHandlerFactory others) {
    super(others);
  }

  @Override
  public ExceptionHandler getExceptionHandler() {
    return new DatabaseDownExceptionHandler(getWrapped().getExceptionHandler());
  }
}
