#include "plugins/sources/teams/teams_source.hpp"

int main(int argc, char** argv) {
  return licaudit::sdk::source_main(argc, argv, licaudit::teams::description, licaudit::teams::open);
}
