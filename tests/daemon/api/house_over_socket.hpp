#pragma once

#include "daemon/api/router.hpp"
#include "daemon/api/routes.hpp"
#include "running_server.hpp"
#include "sample_house.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace licaudit::api {

/// All routes over the sample house on a real socket, for whoever runs the test as provider. One loop for server and
/// routes, as in the daemon.
class house_over_socket : public testing::Test {
 protected:
  house_over_socket() {
    access::grant me;
    me.uid = ::getuid();
    me.role = access::role::provider;
    grants.push_back(me);
    server.on_loop([this] { build(); });
  }
  ~house_over_socket() override { server.stop(); }

  void build() {
    const house all{rooms, rooms, rooms, rooms, rooms, server.loop().get_executor(), {}};
    router_wiring wiring;
    wiring.policy = [this] { return std::make_shared<access::policy>(grants, 990U); };
    wiring.view = [this] { return rooms.view(); };
    wiring.now = [] { return sample_now; };
    wiring.refused = [](const operation&) {};
    wiring.report = [](std::string_view) {};
    routes.emplace(all_routes(all), std::move(wiring));
  }

  sample_house rooms;
  std::vector<access::grant> grants;
  std::optional<router> routes;
  running_server server{[this](const request& asked) { return routes->answer(asked); }};
};

}  // namespace licaudit::api
