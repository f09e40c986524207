package org.hikae.notice.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.hikae.http.parameter.rest.PageLimit;
import org.hikae.http.rest.AnswerLanguage;
import org.hikae.notice.boundary.ChannelTestCommands;
import org.hikae.notice.boundary.NoticeCommands;
import org.hikae.notice.value.NoticeId;
import org.hikae.notice.view.NoticeChannelView;
import org.hikae.notice.view.NoticeCriteria;
import org.hikae.notice.view.NoticePage;
import org.hikae.notice.view.NoticeView;
import org.hikae.notice.view.TestChannel;
import org.hikae.notice.view.TestChannelResult;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.openapi.rest.Refuses;
import org.hikae.problem.control.PageRequest;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/** What people are told about, and the ways it goes out. */
@Path("v1/admin/notices")
@Produces(MediaType.APPLICATION_JSON)
public class NoticesResource {

  @Inject private NoticeCommands commands;
  @Inject private ChannelTestCommands channelTests;

  /** Notices with their messages, newest first. */
  @GET
  @Operation(operationId = "listNotices")
  @Parameter(
      name = "open",
      in = ParameterIn.QUERY,
      description = "Only what nobody has acknowledged",
      schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
  @Parameter(
      name = "severity",
      in = ParameterIn.QUERY,
      description = "Only what matters so much",
      schema = @Schema(enumeration = {"INFO", "WARNING", "CRITICAL"}))
  @Parameter(
      name = "kind",
      in = ParameterIn.QUERY,
      description = "Only of this kind",
      schema = @Schema(type = SchemaType.STRING))
  public NoticePage list(
      @QueryParam("before") @Nullable NoticeId before,
      @QueryParam("open") @Nullable String open,
      @QueryParam("severity") @Nullable String severity,
      @QueryParam("kind") @Nullable String kind,
      @QueryParam("limit") @DefaultValue("50") @PageLimit(NoticeCommands.MAX_PAGE)
          PageRequest limit) {
    return commands.page(
        new NoticeCriteria(before, "true".equals(open), severity(severity), kind), limit);
  }

  /** How mail and webhook stand. */
  @GET
  @Operation(operationId = "listNoticeChannels")
  @Path("channels")
  public List<NoticeChannelView> channels() {
    return commands.channels();
  }

  /** Sends the caller a test by mail, or one to the webhook, at once. */
  @POST
  @Operation(operationId = "testNoticeChannel")
  @Refuses(ProblemCode.TOO_MANY_REQUESTS)
  @Path("tests")
  @Consumes(MediaType.APPLICATION_JSON)
  public TestChannelResult test(@Context HttpHeaders headers, TestChannel test) {
    return channelTests.run(test, AnswerLanguage.of(headers).getLanguage());
  }

  /** Says that somebody has seen a notice; who was first stays. */
  @POST
  @Operation(operationId = "acknowledgeNotice")
  @Path("{noticeId}/acknowledge")
  public NoticeView acknowledge(@PathParam("noticeId") NoticeId noticeId) {
    return commands.acknowledge(noticeId);
  }

  /** Sends the messages of a notice again that wait or were given up. */
  @POST
  @Operation(operationId = "retryNotice")
  @Refuses(ProblemCode.CONFLICT)
  @Path("{noticeId}/retry")
  public NoticeView retry(@PathParam("noticeId") NoticeId noticeId) {
    return commands.retry(noticeId);
  }

  /** A word that is none is refused as a kind of which there is none. */
  private static NoticeKind.@Nullable Severity severity(@Nullable String text) {
    if (text == null) {
      return null;
    }
    return Arrays.stream(NoticeKind.Severity.values())
        .filter(one -> one.name().equals(text))
        .findFirst()
        .orElseThrow(() -> Refusal.malformed(NoticeCriteria.NO_KIND));
  }
}
