package org.hikae.crypto.interop;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.hikae.crypto.CryptoException;

/** The client's half of the peer. */
final class PeerInteropClient implements InteropClient {

  private final NodePeerProcess peer;
  private final Map<String, String> identifiers;
  private final KeyStretching stretching;

  PeerInteropClient(NodePeerProcess peer, InteropNames names, KeyStretching stretching) {
    this.peer = peer;
    this.identifiers = Map.of("server", names.server(), "client", names.client());
    this.stretching = stretching;
  }

  @Override
  public Registration startRegistration(String password) {
    JsonNode started = peer.demand("client.startRegistration", Map.of("password", password));
    return new Registration() {
      @Override
      public byte[] request() {
        return NodePeerProcess.bytes(started, "registrationRequest");
      }

      @Override
      public RegistrationOutcome finish(byte[] response) throws CryptoException {
        JsonNode finished =
            peer.call(
                "client.finishRegistration",
                Map.of(
                    "clientRegistrationState",
                    started.get("clientRegistrationState"),
                    "registrationResponse",
                    NodePeerProcess.base64(response),
                    "password",
                    password,
                    "identifiers",
                    identifiers,
                    "keyStretching",
                    stretching.forPeer()));
        return new RegistrationOutcome(
            NodePeerProcess.bytes(finished, "registrationRecord"),
            NodePeerProcess.bytes(finished, "exportKey"));
      }
    };
  }

  @Override
  public Login startLogin(String password) {
    JsonNode started = peer.demand("client.startLogin", Map.of("password", password));
    return new Login() {
      @Override
      public byte[] ke1() {
        return NodePeerProcess.bytes(started, "startLoginRequest");
      }

      @Override
      public LoginOutcome finish(byte[] ke2) throws CryptoException {
        JsonNode finished =
            peer.call(
                "client.finishLogin",
                Map.of(
                    "clientLoginState",
                    started.get("clientLoginState"),
                    "loginResponse",
                    NodePeerProcess.base64(ke2),
                    "password",
                    password,
                    "identifiers",
                    identifiers,
                    "keyStretching",
                    stretching.forPeer()));
        if (finished.isNull()) {
          throw new CryptoException("The peer's client gave no answer, which is how it refuses.");
        }
        return new LoginOutcome(
            NodePeerProcess.bytes(finished, "finishLoginRequest"),
            NodePeerProcess.bytes(finished, "sessionKey"),
            NodePeerProcess.bytes(finished, "exportKey"));
      }
    };
  }
}
