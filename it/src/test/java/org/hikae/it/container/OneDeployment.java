package org.hikae.it.container;

import java.util.Objects;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.container.LifecycleException;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.core.api.Injector;
import org.jboss.arquillian.core.api.Instance;
import org.jboss.arquillian.core.api.annotation.Inject;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.as.arquillian.container.managed.ManagedContainerConfiguration;
import org.jboss.as.arquillian.container.managed.ManagedDeployableContainer;
import org.jboss.shrinkwrap.api.Archive;
import org.jspecify.annotations.Nullable;

/**
 * WildFly, to which the one archive of all container suites is deployed once: each of them would
 * deploy the same again and take it away again, which takes longer than most of their tests.
 */
public final class OneDeployment implements DeployableContainer<ManagedContainerConfiguration> {

  /** Arquillian's way to learn of this class. */
  public static final class Extension implements LoadableExtension {
    @Override
    public void register(ExtensionBuilder builder) {
      builder.override(
          DeployableContainer.class, ManagedDeployableContainer.class, OneDeployment.class);
    }
  }

  @Inject private Instance<Injector> injector;
  private final ManagedDeployableContainer server = new ManagedDeployableContainer();
  private @Nullable String deployed;
  private @Nullable ProtocolMetaData doors;

  @Override
  public Class<ManagedContainerConfiguration> getConfigurationClass() {
    return server.getConfigurationClass();
  }

  @Override
  public void setup(ManagedContainerConfiguration configuration) {
    injector.get().inject(server);
    server.setup(configuration);
  }

  @Override
  public void start() throws LifecycleException {
    server.start();
  }

  @Override
  public void stop() throws LifecycleException {
    server.stop();
  }

  @Override
  public ProtocolDescription getDefaultProtocol() {
    return server.getDefaultProtocol();
  }

  @Override
  public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
    if (deployed == null) {
      doors = server.deploy(archive);
      deployed = archive.getName();
    }
    if (!archive.getName().equals(deployed)) {
      throw new DeploymentException(deployed + " is deployed for all suites, not " + archive);
    }
    return Objects.requireNonNull(doors);
  }

  @Override
  public void undeploy(Archive<?> archive) {
    // Stays for the next class: the server ends with the tests.
  }
}
