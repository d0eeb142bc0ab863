package cluster;

import java.util.concurrent.CountDownLatch;
import org.codelibs.opensearch.runner.OpenSearchRunner;

/**
 * Runs one OpenSearch node until the process is killed.
 *
 * <p>Every node is a process of its own, so that killing one is what a power cut is: no goodbye to
 * the others, nothing flushed. Arguments: folder, name of the node, its HTTP port, its transport
 * port, the transport addresses of all nodes and their names, both separated by commas.
 */
public final class ClusterNode {

    private ClusterNode() {}

    public static void main(String[] arguments) throws InterruptedException {
        String name = arguments[1];
        String http = arguments[2];
        String transport = arguments[3];
        String seeds = arguments[4];
        String names = arguments[5];
        OpenSearchRunner runner = new OpenSearchRunner();
        runner.onBuild((number, settings) -> {
            settings.put("cluster.name", "portal-test");
            settings.put("node.name", name);
            settings.put("network.host", "127.0.0.1");
            settings.put("http.port", http);
            settings.put("transport.port", transport);
            settings.putList("discovery.seed_hosts", seeds.split(","));
            settings.putList("cluster.initial_cluster_manager_nodes", names.split(","));
            // A killed node must be missed within the seconds a test has.
            settings.put("cluster.fault_detection.leader_check.interval", "500ms");
            settings.put("cluster.fault_detection.follower_check.interval", "500ms");
            settings.put("discovery.find_peers_interval", "200ms");
            settings.put("discovery.request_peers_timeout", "1s");
            settings.put("cluster.election.initial_timeout", "100ms");
            settings.put("cluster.routing.allocation.disk.threshold_enabled", "false");
        });
        runner.build("-basePath", arguments[0], "-numOfNode", "1", "-disableESLogger");
        new CountDownLatch(1).await();
    }
}
