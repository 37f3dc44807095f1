#include "plugins/sources/teams/policy.hpp"
